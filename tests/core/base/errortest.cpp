#include "core/base/error.h"
#include "tests/support/testmain.h"

#include <QSet>
#include <QTest>

using namespace pushscope;

class ErrorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCodeHasAWordOfItsOwn()
    {
        QSet<QByteArray> words;
        constexpr int count = static_cast<int>(ErrorCode::NotSupported) + 1;
        for (int i = 0; i < count; ++i) {
            const std::string_view text = word(static_cast<ErrorCode>(i));
            words.insert(QByteArray(text.data(), static_cast<qsizetype>(text.size())));
        }
        QCOMPARE(words.size(), count);
        QVERIFY(!words.contains(QByteArray()));
    }

    void wordsAreStable()
    {
        QCOMPARE(word(ErrorCode::TlsVerify), std::string_view("tls.verify"));
        QCOMPARE(word(ErrorCode::DnsNotFound), std::string_view("dns.notfound"));
        QCOMPARE(word(ErrorCode::HttpStatus), std::string_view("http.status"));
        QCOMPARE(word(ErrorCode::Http2NotOffered), std::string_view("http2.not-offered"));
        QCOMPARE(word(ErrorCode::FirstByteTimeout), std::string_view("timeout.first-byte"));
    }

    void recoverable_data()
    {
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<bool>("recoverable");
        const auto row = [](ErrorCode code, bool recoverable) {
            QTest::newRow(word(code).data()) << code << recoverable;
        };
        // HTML 9.2.3: a network error re-establishes the connection ...
        row(ErrorCode::DnsFailed, true);
        row(ErrorCode::TcpRefused, true);
        row(ErrorCode::TcpReset, true);
        row(ErrorCode::TcpClosed, true);
        row(ErrorCode::TcpTimeout, true);
        row(ErrorCode::HttpMalformed, true);
        row(ErrorCode::HttpRedirect, true);
        row(ErrorCode::IdleTimeout, true);
        // ... an answer that is no event stream fails it, and so does what can't be mended by trying again.
        row(ErrorCode::HttpStatus, false);
        row(ErrorCode::SseContentType, false);
        row(ErrorCode::DnsNotFound, false);
        row(ErrorCode::TlsVerify, false);
        row(ErrorCode::TlsHandshake, false);
        row(ErrorCode::TlsConfig, false);
        row(ErrorCode::UrlInvalid, false);
        row(ErrorCode::None, false);
    }

    void recoverable()
    {
        QFETCH(ErrorCode, code);
        QFETCH(bool, recoverable);
        QCOMPARE(isRecoverable(code), recoverable);
        QCOMPARE((Error{code, "words"}.isRecoverable()), recoverable);
    }
};

PUSHSCOPE_TEST(ErrorTest)
#include "errortest.moc"
