#include "ui/text/bodykind.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class BodyKindTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void eachHasItsContentType()
    {
        const QString file = QStringLiteral("/tmp/picture.PNG");
        QCOMPARE(contentTypeOf(BodyKind::Typed, file), std::string());
        QCOMPARE(contentTypeOf(BodyKind::Json, file), std::string("application/json"));
        QCOMPARE(contentTypeOf(BodyKind::Form, file), std::string("application/x-www-form-urlencoded"));
        QCOMPARE(contentTypeOf(BodyKind::Multipart, file), std::string("multipart/form-data"));
        QCOMPARE(contentTypeOf(BodyKind::Text, file), std::string("text/plain;charset=utf-8"));
    }

    void aFilesIsThatOfItsName()
    {
        QCOMPARE(contentTypeOf(BodyKind::File, QStringLiteral("/tmp/picture.png")), std::string("image/png"));
        QCOMPARE(contentTypeOf(BodyKind::File, QStringLiteral("/tmp/a.xml")), std::string("application/xml"));
        QCOMPARE(contentTypeOf(BodyKind::File, QStringLiteral("/tmp/none")), std::string("application/octet-stream"));
    }
};

PUSHSCOPE_TEST(BodyKindTest)
#include "bodykindtest.moc"
