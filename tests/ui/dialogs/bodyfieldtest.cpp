#include "ui/dialogs/bodyfield.h"

#include "tests/support/testmain.h"
#include "tests/ui/support/namedchild.h"
#include "ui/dialogs/pairtable.h"

#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace pushscope;

/// By the keys of somebody who fills it in.
class BodyFieldTest : public QObject
{
    Q_OBJECT

    template <class Widget>
    [[nodiscard]] Widget *child(const char *name) const
    {
        return test::namedChild<Widget>(*m_field, name);
    }
    [[nodiscard]] QLabel *problem() const { return child<QLabel>("editBodyProblem"); }
    /// Down to a kind, from the top of the list.
    void choose(BodyKind kind)
    {
        auto *kinds = child<QComboBox>("editBodyKind");
        kinds->setFocus();
        QTest::keyClick(kinds, Qt::Key_Home);
        for (int i = 0; i < int(kind); ++i)
            QTest::keyClick(kinds, Qt::Key_Down);
        QCOMPARE(kinds->currentIndex(), int(kind));
    }
    [[nodiscard]] Bytes stored() const
    {
        Target target;
        return m_field->store(target) ? target.body : Bytes("(refused)");
    }
    QString write(const char *name, const char *contents)
    {
        QFile file(m_folder.filePath(QString::fromLatin1(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(contents) < 0)
            qFatal("%s can't be written", name);
        return file.fileName();
    }

private Q_SLOTS:
    void init()
    {
        m_field = std::make_unique<BodyField>();
        m_field->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_field.get()));
        m_field->load({});
    }

    void eachKindTellsItsType()
    {
        QSignalSpy types(m_field.get(), &BodyField::typeChosen);
        choose(BodyKind::Multipart);
        QStringList told;
        for (const QList<QVariant> &type : types)
            told += type[0].toString();
        QCOMPARE(told,
                 QStringList({QStringLiteral("application/json"), QStringLiteral("application/x-www-form-urlencoded"),
                              QStringLiteral("multipart/form-data")}));
        types.clear();
        choose(BodyKind::Typed);
        QCOMPARE(types.back()[0].toString(), QString());
    }

    void jsonIsLookedAtAndSentAllTheSame()
    {
        choose(BodyKind::Json);
        auto *text = child<QPlainTextEdit>("editBody");
        QVERIFY(text->isVisible());
        QTest::keyClicks(text, QStringLiteral("{\"a\":}"));
        QCOMPARE(stored(), Bytes("{\"a\":}"));
        QVERIFY(problem()->isVisible());
        QVERIFY2(problem()->text().startsWith(QStringLiteral("Not JSON: character 6")), qPrintable(problem()->text()));
        QTest::keyClick(text, Qt::Key_Backspace);
        QTest::keyClicks(text, QStringLiteral("1}"));
        QCOMPARE(stored(), Bytes("{\"a\":1}"));
        QVERIFY(!problem()->isVisible());
    }

    void aFormIsEncoded()
    {
        choose(BodyKind::Form);
        auto *form = child<PairTable>("editBodyForm");
        QVERIFY(form->isVisible());
        form->item(0, 1)->setText(QStringLiteral("a"));
        form->item(0, 2)->setText(QStringLiteral("1 &"));
        QCOMPARE(stored(), Bytes("a=1+%26"));
    }

    void aPartCanBeAFile()
    {
        choose(BodyKind::Multipart);
        auto *parts = child<PairTable>("editBodyParts");
        parts->setPairs({{"a", "1"}, {"f", "@" + write("x.xml", "<a/>").toStdString()}});
        Target target;
        target.headers = {{"Content-Type", "multipart/form-data"}};
        QVERIFY(m_field->store(target));
        const std::string boundary =
            target.headers[0].value.substr(std::string("multipart/form-data; boundary=").size());
        QVERIFY(!boundary.empty() && target.body.starts_with("--" + boundary + "\r\n"));
        QVERIFY(target.body.find("name=\"f\"; filename=\"x.xml\"\r\nContent-Type: application/xml\r\n\r\n<a/>\r\n") !=
                Bytes::npos);
        parts->setPairs({{"f", "@/none/such"}});
        QVERIFY(!m_field->store(target));
        QVERIFY2(problem()->isVisible() && problem()->text().startsWith(QStringLiteral("/none/such can't be read")),
                 qPrintable(problem()->text()));
    }

    void aFileIsReadAgainWhenItChanged()
    {
        choose(BodyKind::File);
        auto *file = child<QLineEdit>("editBodyFile");
        QTest::keyClicks(file, m_folder.filePath(QStringLiteral("body")));
        QCOMPARE(stored(), Bytes("(refused)"));
        QVERIFY(problem()->isVisible());
        write("body", "one");
        QCOMPARE(stored(), Bytes("one"));
        QVERIFY(!problem()->isVisible());
        QFile changed(write("body", "two"));
        QVERIFY(changed.open(QIODevice::ReadWrite));
        QVERIFY(changed.setFileTime(QDateTime::currentDateTime().addSecs(5), QFileDevice::FileModificationTime));
        changed.close();
        QCOMPARE(stored(), Bytes("two"));
    }

    void bytesThatAreNoTextStayAsTheyAre()
    {
        Target target;
        target.body = Bytes("\xFF\x00", 2);
        m_field->load(target);
        auto *text = child<QPlainTextEdit>("editBody");
        QVERIFY(text->isReadOnly());
        QCOMPARE(text->placeholderText(), QStringLiteral("2 bytes that are no text"));
        QTest::keyClicks(text, QStringLiteral("x"));
        QCOMPARE(stored(), target.body);
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<BodyField> m_field;
};

PUSHSCOPE_TEST(BodyFieldTest)
#include "bodyfieldtest.moc"
