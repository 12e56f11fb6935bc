#include "core/base/finding.h"
#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace pushscope;

namespace {
QString text(std::string_view view)
{
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}
} // namespace

class FindingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRuleIsExplained()
    {
        const QRegularExpression id(
            QStringLiteral("^(sse|http|http2|jsonseq|multipart|ws|session|tls)\\.[a-z0-9]+(-[a-z0-9]+)*$"));
        const QRegularExpression argument(QStringLiteral("^[a-z_]*$"));
        const QSet<QString> taken{QStringLiteral("rule"), QStringLiteral("severity"), QStringLiteral("of"),
                                  QStringLiteral("offset"), QStringLiteral("length")}; // of the same JSON line
        QSet<QString> ids;
        constexpr int count = static_cast<int>(Rule::Count);
        for (int i = 0; i < count; ++i) {
            const RuleInfo &info = ruleInfo(static_cast<Rule>(i));
            QCOMPARE(static_cast<int>(info.rule), i);
            QVERIFY2(id.match(text(info.id)).hasMatch(), info.id.data());
            QVERIFY2(argument.match(text(info.argument)).hasMatch(), info.id.data());
            QVERIFY2(!taken.contains(text(info.argument)), info.id.data());
            QVERIFY2(info.text.size() > 20 && !info.text.ends_with('.'), info.id.data());
            ids.insert(text(info.id));
        }
        QCOMPARE(ids.size(), count);
    }

    void idsAreStable()
    {
        QCOMPARE(ruleInfo(Rule::SseBom).id, std::string_view("sse.bom"));
        QCOMPARE(ruleInfo(Rule::HttpBareLf).id, std::string_view("http.bare-lf"));
        QCOMPARE(ruleInfo(Rule::Http2BadPreface).id, std::string_view("http2.bad-preface"));
        QCOMPARE(ruleInfo(Rule::WsReservedBits).id, std::string_view("ws.reserved-bits"));
        QCOMPARE(ruleInfo(Rule::WsReservedBits).section, std::string_view("RFC 6455 5.2"));
        QCOMPARE(ruleInfo(Rule::SessionGap).id, std::string_view("session.gap"));
        QCOMPARE(ruleInfo(Rule::TlsNoCloseNotify).id, std::string_view("tls.no-close-notify"));
    }
};

PUSHSCOPE_TEST(FindingTest)
#include "findingtest.moc"
