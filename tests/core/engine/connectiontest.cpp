#include "core/engine/connection.h"

#include "core/wire/tls/certificateauthority.h"
#include "tests/core/engine/faketransport.h"
#include "tests/core/engine/recording.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::test;

class ConnectionTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void recordsReadsAndWrites();
    void recordsNoWriteThatWasNotTaken();
    void stopsReadingWhenTheCaptureIsFull();
    void stopsReadingWhileThePeerDoesNotTakeAnswers();
    void readsOnHoweverMuchOfItsOwnIsUnsent();
    void speaksTls();
    void recordsPlaintextOnceOverTls();
    void keepsTheRestOfAReadThatIsPublishedInBetween();
    void endsWithCloseNotify();
    void refusesAnUnknownAuthority();
    void goesOnUnverifiedWhenTold();

private:
    LocalCertificates m_certificates;
};

namespace {

/// A connection whose transport, and for TLS the server at its other end, is the test's.
struct Fixture
{
    explicit Fixture(std::uint64_t byteLimit = 0)
    {
        Capture::Options options;
        options.byteLimit = byteLimit;
        capture = *Capture::create(options, clock);
        writer = std::make_unique<CaptureWriter>(capture);
        recorder = std::make_unique<Recorder>(*writer, moment, SessionId(1));
        Connection::Handlers handlers;
        handlers.connected = [this] { log += "connected;"; };
        handlers.secured = [this] { log += "secured;"; };
        handlers.received = [this](const Plaintext &plaintext) {
            received += plaintext.bytes;
            carrier = plaintext.carrier;
            if (hears)
                hears(plaintext);
        };
        handlers.readDone = [this] { ++readCount; };
        handlers.ended = [this](const TransportEnd &transportEnd) { end = transportEnd; };
        handlers.drained = [this] { log += "drained;"; };
        handlers.captureFailed = [this](const Error &error) { log += "full: " + std::string(word(error.code)) + ";"; };
        connection = std::make_unique<Connection>(
            *recorder,
            std::make_unique<FakeTransport>([this](const std::string &what) { log += what + ";"; }, transport),
            handlers);
        connection->open({"localhost", 443, "", {}});
        log.clear();
        transport->connect();
    }

    void startTls(const TlsConfig &client, const LocalCertificates &certificates)
    {
        TlsConfig config;
        config.role = Role::Server;
        config.certificateChain = certificates.chain;
        config.privateKey = certificates.privateKey;
        config.alpn = {"http/1.1"};
        server = *TlsChannel::create(config);
        connection->startTls(*TlsContext::create(client), {});
        shuttle();
    }
    /// Carries bytes between the two until both are silent.
    void shuttle()
    {
        for (int i = 0; i < 20 && transport != nullptr; ++i) {
            server->feed(std::exchange(transport->written, {}));
            const Bytes answer = server->takeOutput();
            if (answer.empty() && transport->written.empty())
                return;
            if (!answer.empty())
                transport->receive(answer);
        }
    }
    Bytes serverGot()
    {
        char room[4096];
        return {room, server->read(room, sizeof room)};
    }
    std::string text(bool reads)
    {
        writer->publish();
        std::string text;
        for (std::uint64_t seq = 1; seq <= capture->counts().records; ++seq) {
            const Record &record = capture->record(Seq(seq));
            if (reads == (layerOf(record.kind) == Layer::Reads))
                text += recordText(*capture, Seq(seq)) + (record.derivedLength != 0 && reads ? " +TLS" : "") + "\n";
        }
        return text;
    }
    TlsRecordFacts tls()
    {
        writer->publish();
        for (std::uint64_t seq = 1; seq <= capture->counts().records; ++seq) {
            if (capture->record(Seq(seq)).kind == RecordKind::Tls)
                return decodeFacts<TlsRecordFacts>(capture->derived(Seq(seq)));
        }
        return {};
    }

    FixedClock clock;
    Moment moment{clock};
    std::shared_ptr<Capture> capture;
    std::unique_ptr<CaptureWriter> writer;
    std::unique_ptr<Recorder> recorder;
    FakeTransport *transport = nullptr;
    std::string log;
    Bytes received;
    Seq carrier;
    std::function<void(const Plaintext &)> hears;
    int readCount = 0;
    std::optional<TransportEnd> end;
    std::unique_ptr<TlsChannel> server;
    std::unique_ptr<Connection> connection;
};

TlsConfig clientConfig()
{
    TlsConfig config;
    config.serverName = "localhost";
    config.systemStore = false;
    config.alpn = {"http/1.1"};
    return config;
}

} // namespace

void ConnectionTest::initTestCase()
{
    auto certificates = makeLocalCertificates();
    QVERIFY(certificates);
    m_certificates = *certificates;
}

void ConnectionTest::recordsReadsAndWrites()
{
    Fixture fixture;
    QCOMPARE(fixture.log, std::string("connected;"));
    const Plaintext sent = fixture.connection->send("question", SendCause::Own);
    QCOMPARE(fixture.transport->written, Bytes("question"));
    fixture.transport->receive("answer");
    QCOMPARE(fixture.received, Bytes("answer"));
    QCOMPARE(fixture.readCount, 1);
    QCOMPARE(fixture.text(true), std::string("2 tcp.write out \"question\"\n3 tcp.read \"answer\"\n"));
    QCOMPARE(sent.carrier, Seq(2));
    QCOMPARE(fixture.carrier, Seq(3));
    fixture.transport->end(ByteEnd::Reset);
    QCOMPARE(fixture.end->how, ByteEnd::Reset);
}

/// The peer may be gone before we hear of it.
void ConnectionTest::recordsNoWriteThatWasNotTaken()
{
    Fixture plain;
    plain.transport->takesWrites = false;
    const Plaintext sent = plain.connection->send("question", SendCause::Own);
    QVERIFY(!sent.carrier.isValid());
    QVERIFY(sent.bytes.empty());
    QCOMPARE(plain.text(true), std::string());

    Fixture secure;
    TlsConfig config = clientConfig();
    config.trusted = {m_certificates.authority};
    secure.startTls(config, m_certificates);
    const std::string handshake = secure.text(true);
    secure.transport->takesWrites = false;
    (void)secure.connection->send("question", SendCause::Own);
    secure.connection->close(); // nor is close_notify
    QCOMPARE(secure.text(true), handshake);
}

/// Nothing is thrown away: what can't be kept is not read.
void ConnectionTest::stopsReadingWhenTheCaptureIsFull()
{
    Fixture fixture(1024);
    while (!fixture.writer->failure())
        (void)fixture.writer->appendBytes(Bytes(512, 'x'));
    fixture.transport->receive("more");
    QCOMPARE(fixture.received, Bytes());
    QCOMPARE(fixture.log, std::string("connected;-> stop reading;full: disk.full;"));
    fixture.transport->receive("and more");
    QCOMPARE(fixture.log, std::string("connected;-> stop reading;full: disk.full;"));
}

void ConnectionTest::stopsReadingWhileThePeerDoesNotTakeAnswers()
{
    Fixture fixture;
    fixture.transport->isStalled = true;
    (void)fixture.connection->send(Bytes(Connection::AnswerLimit, 'x'), SendCause::Answer);
    QCOMPARE(fixture.log, std::string("connected;"));
    (void)fixture.connection->send("x", SendCause::Answer);
    QCOMPARE(fixture.log, std::string("connected;-> stop reading;"));
    fixture.connection->setPaused(true);
    fixture.transport->drain();
    QCOMPARE(fixture.log, std::string("connected;-> stop reading;drained;")); // the user's pause holds
    fixture.connection->setPaused(false);
    QCOMPARE(fixture.log, std::string("connected;-> stop reading;drained;-> read on;"));
}

/// A peer that answers would wait for us to read, and we for it.
void ConnectionTest::readsOnHoweverMuchOfItsOwnIsUnsent()
{
    Fixture fixture;
    fixture.transport->isStalled = true;
    QVERIFY(fixture.connection->hasRoom());
    (void)fixture.connection->send(Bytes(2 * Connection::AnswerLimit, 'x'), SendCause::Own);
    (void)fixture.connection->send("pong", SendCause::Answer);
    QVERIFY(!fixture.connection->hasRoom());
    QCOMPARE(fixture.log, std::string("connected;"));
    fixture.transport->drain();
    QVERIFY(fixture.connection->hasRoom());
    QCOMPARE(fixture.log, std::string("connected;drained;"));
}

void ConnectionTest::speaksTls()
{
    Fixture fixture;
    TlsConfig config = clientConfig();
    config.trusted = {m_certificates.authority};
    fixture.startTls(config, m_certificates);
    QCOMPARE(fixture.log, std::string("connected;secured;"));
    const TlsRecordFacts facts = fixture.tls();
    QCOMPARE(facts.version, std::string("TLSv1.3"));
    QCOMPARE(facts.alpn, std::string("http/1.1"));
    QVERIFY(facts.verified);
    QCOMPARE(facts.chain, 2u);
    QVERIFY(!facts.sans.empty());
    QVERIFY(fixture.connection->isSecure());
    (void)fixture.connection->send("question", SendCause::Own);
    fixture.shuttle();
    QCOMPARE(fixture.serverGot(), Bytes("question"));
    QVERIFY(!fixture.connection->tlsSession().empty());
}

void ConnectionTest::recordsPlaintextOnceOverTls()
{
    Fixture fixture;
    TlsConfig config = clientConfig();
    config.trusted = {m_certificates.authority};
    fixture.startTls(config, m_certificates);
    const std::string handshake = fixture.text(true);
    QVERIFY(handshake.find("tcp.write out \"\" +TLS") != std::string::npos);
    QVERIFY(handshake.find("tcp.read \"\" +TLS") != std::string::npos);
    (void)fixture.connection->send("question", SendCause::Own);
    const Bytes much(40'000, 'x'); // three TLS records, one read each time the test says so
    fixture.server->write("first");
    fixture.shuttle();
    fixture.server->write(much);
    fixture.shuttle();
    QCOMPARE(fixture.received, "first" + much);
    const std::string all = fixture.text(true).substr(handshake.size());
    QVERIFY(all.find("tcp.write out \"question\" +TLS") != std::string::npos);
    QVERIFY(all.find("tcp.read \"first\" +TLS") != std::string::npos);
    QCOMPARE(fixture.capture->origin(fixture.carrier), much);
    QVERIFY(decodeFacts<ReadFacts>(fixture.capture->derived(fixture.carrier)).bytes > much.size());
}

/// Whoever hears of the first of a read's pieces may publish, and a reader let go of everything that it took.
void ConnectionTest::keepsTheRestOfAReadThatIsPublishedInBetween()
{
    Fixture fixture;
    TlsConfig config = clientConfig();
    config.trusted = {m_certificates.authority};
    fixture.startTls(config, m_certificates);
    fixture.writer->marks().setPace({1, 1});
    CaptureWriter::release(*fixture.capture, Seq());
    std::vector<Bytes> pieces;
    fixture.hears = [&](const Plaintext &piece) {
        fixture.writer->publish();
        CaptureWriter::release(*fixture.capture, Seq(fixture.capture->counts().records));
        pieces.emplace_back(fixture.capture->bytesAt(piece.logOffset, piece.bytes.size()));
    };
    const std::span<char> room = fixture.writer->reserve(std::size_t(-1));
    fixture.writer->commit(room.size() - 1000); // the log goes on elsewhere
    fixture.server->write(Bytes(40'000, 'x'));
    fixture.transport->receive(fixture.server->takeOutput());
    QCOMPARE(pieces, (std::vector<Bytes>{Bytes(1000, 'x'), Bytes(39'000, 'x')}));
}

void ConnectionTest::endsWithCloseNotify()
{
    Fixture fixture;
    TlsConfig config = clientConfig();
    config.trusted = {m_certificates.authority};
    fixture.startTls(config, m_certificates);
    fixture.server->write("last");
    fixture.server->close();
    fixture.shuttle();
    QCOMPARE(fixture.received, Bytes("last"));
    QVERIFY(fixture.end);
    QCOMPARE(fixture.end->how, ByteEnd::Fin);
    QVERIFY(fixture.connection->sawCloseNotify());
}

void ConnectionTest::refusesAnUnknownAuthority()
{
    Fixture fixture;
    fixture.startTls(clientConfig(), m_certificates);
    QVERIFY(fixture.end);
    QCOMPARE(fixture.end->how, ByteEnd::Failed);
    QCOMPARE(fixture.end->error.code, ErrorCode::TlsVerify);
    QCOMPARE(fixture.log, std::string("connected;"));
    const TlsRecordFacts facts = fixture.tls();
    QVERIFY(!facts.verified);
    QVERIFY(!facts.verifyError.empty());
    QVERIFY(!facts.subject.empty() || !facts.sans.empty()); // the chain that was refused is shown
}

void ConnectionTest::goesOnUnverifiedWhenTold()
{
    Fixture fixture;
    TlsConfig config = clientConfig();
    config.verify = false;
    fixture.startTls(config, m_certificates);
    QCOMPARE(fixture.log, std::string("connected;secured;"));
    QVERIFY(!fixture.tls().verified);
    QVERIFY(fixture.text(false).find("finding tls.unverified") != std::string::npos);
}

PUSHSCOPE_TEST(ConnectionTest)
#include "connectiontest.moc"
