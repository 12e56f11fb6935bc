#include "ui/panes/detailtabs.h"

#include "core/base/finding.h"
#include "core/capture/details/http2flow.h"
#include "tests/support/testmain.h"
#include "tests/ui/support/feeddata.h"
#include "tests/ui/support/http2talk.h"
#include "tests/ui/support/printmodel.h"
#include "ui/models/connectionindex.h"
#include "ui/panes/bittable.h"
#include "ui/panes/hexview.h"
#include "ui/panes/pictureview.h"

#include <QBuffer>
#include <QClipboard>
#include <QGuiApplication>
#include <QImage>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>
#include <QTreeView>
#include <QTreeWidget>

using namespace pushscope;
using namespace std::chrono_literals;

class DetailTabsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase_data() { test::addFeedRows(); }
    void initTestCase() { qputenv("TZ", "UTC"); }
    void init()
    {
        m_live = std::make_unique<test::LiveCapture>();
        test::startFeedIfAsked(*m_live);
        m_index = std::make_unique<ConnectionIndex>(m_live->builder.capture);
        m_flow = std::make_unique<Http2Flow>(m_live->builder.capture);
        m_tabs = std::make_unique<DetailTabs>(m_live->builder.capture, *m_index, *m_flow);
        m_tabs->resize(1100, 320);
        m_tabs->show();
    }
    void cleanup() { m_tabs.reset(); }

    void payloadIsATreeAndText()
    {
        show(0, m_live->event(R"({"id":5121,"price":101.20,"id":1})"));
        const QStringList lines = test::printModel(*child<QTreeView>("jsonTree")->model());
        QCOMPARE(lines, (QStringList{QStringLiteral("$ | { 3 }"), QStringLiteral("  id | 5121"),
                                     QStringLiteral("  price | 101.20"), QStringLiteral("  id (again) | 1")}));
        QTest::mouseClick(child<QPushButton>("payloadAsText"), Qt::LeftButton);
        QCOMPARE(child<QPlainTextEdit>("payloadText")->toPlainText(),
                 QStringLiteral("{\n  \"id\": 5121,\n  \"price\": 101.20,\n  \"id\": 1\n}"));
        QVERIFY(child<HexView>("payloadHex")->rowText(0).startsWith(QStringLiteral("00000000  7b 22 69 64")));
    }

    void payloadThatIsNotJsonIsText()
    {
        show(0, m_live->event("<b>plain</b>"));
        QVERIFY(!child<QPushButton>("payloadAsTree")->isVisible());
        QCOMPARE(child<QPlainTextEdit>("payloadText")->toPlainText(), QStringLiteral("<b>plain</b>"));
    }

    void textOfThePayloadTurnsNothingAround()
    {
        show(0, m_live->event("\u05E9\u05DC\u05D5\u05DD abc"));
        const QTextBlock block = child<QPlainTextEdit>("payloadText")->document()->begin();
        QTRY_VERIFY(block.layout()->lineCount() > 0);
        // Its end is at the right, though it begins with letters that run to the left.
        const QTextLine line = block.layout()->lineAt(0);
        QVERIFY(line.cursorToX(int(block.text().size())) > line.naturalTextWidth() * 0.9);
    }

    void whatHappenedIsReadable()
    {
        const std::string sentence = "The certificate is not trusted: " + std::string(40, 'x') + " self-signed";
        const Seq error = m_live->write([&sentence](test::CaptureBuilder &b) {
            return b.facts(RecordKind::Error, ErrorFacts{"tls.verify", sentence});
        });
        show(0, error);
        QCOMPARE(child<QPlainTextEdit>("payloadText")->toPlainText(),
                 QStringLiteral("tls.verify: ") + QString::fromStdString(sentence));
        QVERIFY(child<QLabel>("payloadSaid")->text() != QStringLiteral("No payload"));
        show(4, error);
        auto *fields = child<QTreeWidget>("connectionFields");
        const auto found = fields->findItems(QString::fromStdString(sentence), Qt::MatchExactly, 1);
        QCOMPARE(found.size(), 1);
        const int needed = QFontMetrics(found[0]->font(1)).horizontalAdvance(found[0]->text(1));
        QVERIFY2(fields->columnWidth(1) > needed, qPrintable(QString::number(fields->columnWidth(1))));
    }

    void aPictureIsShownAsOne()
    {
        QImage image(12, 7, QImage::Format_RGB32);
        image.fill(Qt::red);
        QByteArray png;
        QBuffer buffer(&png);
        QVERIFY(buffer.open(QIODevice::WriteOnly) && image.save(&buffer, "PNG"));
        const auto part = [this](const Bytes &type, const QByteArray &content) {
            return m_live->write([&](test::CaptureBuilder &b) {
                return b.whole(RecordKind::StreamPart, "Content-Type: " + type + "\r\n\r\n" + content.toStdString());
            });
        };
        show(0, part("image/png", png));
        auto *picture = child<PictureView>("payloadPicture");
        QVERIFY(picture->isVisible());
        QCOMPARE(picture->pictureSize(), QSize(12, 7));
        QVERIFY(child<QLabel>("payloadSaid")->text().startsWith(QStringLiteral("image/png")));
        show(0, part("image/png", "no picture"));
        QVERIFY(!picture->isVisible());
        QCOMPARE(child<QPlainTextEdit>("payloadText")->toPlainText(), QStringLiteral("no picture"));
        show(0, part("application/json", "{}"));
        QVERIFY(child<QTreeView>("jsonTree")->isVisible());
    }

    void copyTakesEveryCharacter()
    {
        show(0, m_live->write([](test::CaptureBuilder &b) {
            return b.framed(RecordKind::WsText, ByteView("\x81\x04\xEF\xBB\xBFx", 6));
        }));
        QTest::mouseClick(child<QPushButton>("payloadCopy"), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("\uFEFFx"));
    }

    void frameIsABitTableLinkedToItsBytes()
    {
        const Seq message = m_live->write(
            [](test::CaptureBuilder &b) { return b.framed(RecordKind::WsText, ByteView("\x81\x05hello", 7)); });
        show(1, message);
        auto *bits = child<BitTable>("bitTable");
        QVERIFY(bits->isVisible());
        QVERIFY2(bits->accessibleDescription().startsWith(QStringLiteral("fin 1, rsv1 0")),
                 qPrintable(bits->accessibleDescription()));
        QSignalSpy lit(bits, &BitTable::fieldLit);
        bits->lightByte(1);
        QCOMPARE(lit.size(), 1);
        const auto range = child<HexView>("frameHex")->highlight();
        QVERIFY(range);
        QCOMPARE(range->begin, std::uint64_t(1));
        QCOMPARE(range->end, std::uint64_t(2));
        QVERIFY(child<QLabel>("frameTitle")->text().startsWith(QStringLiteral("ws.frame #")));
    }

    void layersShowWhoCarriedWhom()
    {
        const Seq event = m_live->event("x");
        show(2, event);
        const QStringList lines = test::printModel(*child<QTreeWidget>("layersTree")->model());
        QCOMPARE(lines.size(), 2);
        QVERIFY2(lines[0].startsWith(QStringLiteral("sse.event  #")), qPrintable(lines[0]));
        QVERIFY2(lines[1].startsWith(QStringLiteral("  tcp.read  #")), qPrintable(lines[1]));
        QVERIFY2(lines[1].endsWith(QStringLiteral("same read")), qPrintable(lines[1]));
        QCOMPARE(child<QLabel>("layersSaid")->text(), QStringLiteral("It came alone in its socket read."));
    }

    void aNeighbourIsNotCarried()
    {
        // The second event begins in the read of the first and ends in one of its own.
        Seq small;
        Seq reads[2];
        const Seq spanning = m_live->write([&](test::CaptureBuilder &b) {
            const std::uint64_t begin = b.trail(Direction::In).end();
            reads[0] = b.read("data: a\n\ndata: ");
            small = b.add(RecordKind::SseEvent, {begin, begin + 9});
            reads[1] = b.read("b\n\n");
            return b.add(RecordKind::SseEvent, {begin + 9, begin + 18});
        });
        show(2, small);
        QVERIFY2(!layers().contains(QStringLiteral("#%1 ").arg(spanning.value)), qPrintable(layers()));
        for (const Seq read : reads) {
            show(2, read);
            QVERIFY2(layers().contains(QStringLiteral("sse.event  #%1 ").arg(spanning.value)), qPrintable(layers()));
        }
    }

    void findingsStandBelowTheLayers()
    {
        const Seq event = m_live->write([](test::CaptureBuilder &b) {
            const Seq seq = b.whole(RecordKind::SseEvent, "data: \xFF\n\n");
            b.writer.appendFinding(seq, b.time, Rule::SseInvalidUtf8, 6, 1, 0);
            b.writer.publish();
            return seq;
        });
        show(2, event);
        QVERIFY2(child<QLabel>("layersSaid")->text().contains(QStringLiteral("\u26A0 sse.invalid-utf8")),
                 qPrintable(child<QLabel>("layersSaid")->text()));
    }

    void headersStandSideBySide()
    {
        const Seq event = m_live->write([](test::CaptureBuilder &b) {
            const Seq request = b.whole(RecordKind::HttpRequest,
                                        "GET /events HTTP/1.1\r\nHost: h\r\nX-CaSe: Kept\r\n\r\n", Direction::Out);
            b.whole(RecordKind::HttpResponse, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n",
                    Direction::In, 0, request.value);
            return b.whole(RecordKind::SseEvent, "data: x\n\n");
        });
        show(3, event);
        const QStringList request = test::printModel(*child<QTreeWidget>("requestHead")->model());
        QVERIFY2(request.value(0).startsWith(QStringLiteral("GET /events HTTP/1.1")), qPrintable(request.join(u'\n')));
        QVERIFY(request.value(2).startsWith(QStringLiteral("X-CaSe | Kept")));
        const QStringList answer = test::printModel(*child<QTreeWidget>("answerHead")->model());
        QVERIFY2(answer.value(0).startsWith(QStringLiteral("HTTP/1.1 200 OK")), qPrintable(answer.join(u'\n')));
    }

    void headersAreOfTheConnectionAskedAbout()
    {
        const Seq tcp = m_live->write([](test::CaptureBuilder &b) {
            b.whole(RecordKind::HttpRequest, "GET /first HTTP/1.1\r\nHost: h\r\n\r\n", Direction::Out);
            b.connection = 77;
            const Seq seq = b.facts(RecordKind::Tcp, TcpFacts{"127.0.0.1:8080", "127.0.0.1:40000", "", 0.4});
            b.whole(RecordKind::HttpRequest, "GET /second HTTP/1.1\r\nHost: h\r\n\r\n", Direction::Out);
            b.connection = 1;
            return seq;
        });
        show(3, tcp);
        const QStringList request = test::printModel(*child<QTreeWidget>("requestHead")->model());
        QVERIFY2(request.value(0).startsWith(QStringLiteral("GET /second")), qPrintable(request.join(u'\n')));
    }

    void anHttp2FrameIsABitTableWithItsFields()
    {
        test::Http2Talk talk;
        openTwoStreams(talk);
        const Seq event = talk.event(2, 5, "x");
        showIn(talk, 1, event);
        auto *bits = child<BitTable>("bitTable");
        QVERIFY2(bits->accessibleDescription().startsWith(
                     QStringLiteral("length 9, type 0 (DATA), flags none, reserved 0, stream identifier 5")),
                 qPrintable(bits->accessibleDescription()));
        QVERIFY(child<QLabel>("frameTitle")->text().contains(QStringLiteral("h2.data #")));
        bits->lightByte(8);
        const auto range = child<HexView>("frameHex")->highlight();
        QVERIFY(range && range->begin == 5 && range->end == 9);
    }

    void hpackFieldsSayHowTheyWereCoded()
    {
        test::Http2Talk talk;
        openTwoStreams(talk);
        showIn(talk, 1, talk.asked);
        auto *fields = child<QTreeWidget>("frameFields");
        const QString all = test::printModel(*fields->model()).join(u'\n');
        QVERIFY2(all.contains(QStringLiteral("  :method | GET | indexed: entry 2 (static table)")), qPrintable(all));
        QVERIFY2(all.contains(QStringLiteral("dynamic table | 57 bytes")), qPrintable(all));
        const auto secret = fields->findItems(QStringLiteral("authorization"), Qt::MatchExactly | Qt::MatchRecursive);
        const auto method = fields->findItems(QStringLiteral(":method"), Qt::MatchExactly | Qt::MatchRecursive);
        QCOMPARE(secret.size(), 1);
        QVERIFY(secret[0]->text(2).startsWith(QStringLiteral("literal, never")));
        QVERIFY(secret[0]->foreground(2) != method[0]->foreground(2));
        QVERIFY(method[0]->parent()->isExpanded());
        fields->setCurrentItem(secret[0]);
        const auto range = child<HexView>("frameHex")->highlight();
        QVERIFY(range && range->begin == 9 + 9 && range->end == 9 + 20);
    }

    void layersOfASharedConnection()
    {
        test::Http2Talk talk;
        openTwoStreams(talk);
        const Seq event = talk.event(2, 5, "x");
        showIn(talk, 2, event);
        const QStringList lines = layers().split(u'\n');
        QCOMPARE(lines.size(), 3);
        QVERIFY2(lines[0].startsWith(QStringLiteral("sse.event  #")), qPrintable(lines[0]));
        QVERIFY2(lines[1].startsWith(QStringLiteral("  h2.data  #")), qPrintable(lines[1]));
        QVERIFY2(lines[1].contains(QStringLiteral("stream 5")), qPrintable(lines[1]));
        QVERIFY2(lines[2].startsWith(QStringLiteral("    tcp.read  #")), qPrintable(lines[2]));
        const auto range = child<HexView>("layersHex")->highlight();
        QVERIFY(range && range->begin == 9 && range->end == 18);
    }

    void headersOfHttp2AreThoseOfTheStream()
    {
        test::Http2Talk talk;
        openTwoStreams(talk);
        showIn(talk, 3, talk.event(2, 5, "x"));
        const QStringList request = test::printModel(*child<QTreeWidget>("requestHead")->model());
        QVERIFY2(request.value(0).startsWith(QStringLiteral("GET /orders HTTP/2   on stream 5")),
                 qPrintable(request.join(u'\n')));
        QVERIFY2(request.value(1).startsWith(QStringLiteral(":method | GET | indexed")),
                 qPrintable(request.join(u'\n')));
        const QStringList answer = test::printModel(*child<QTreeWidget>("answerHead")->model());
        QVERIFY2(answer.value(0).startsWith(QStringLiteral("200 text/event-stream")), qPrintable(answer.join(u'\n')));
        QCOMPARE(answer.size(), 3);
    }

    void connectionTellsTheSettingsOfBothSides()
    {
        test::Http2Talk talk;
        openTwoStreams(talk);
        talk.ping(0.4);
        showIn(talk, 4, talk.event(2, 5, "x"));
        const QString all = test::printModel(*child<QTreeWidget>("connectionFields")->model()).join(u'\n');
        for (const char *line :
             {"HTTP/2 on connection 3", "chosen by | ALPN: h2", "receive window | 65,526 B left",
              "PING round trip | 0.40 ms | the last of 1", "Our SETTINGS", "The server's SETTINGS",
              "INITIAL_WINDOW_SIZE | 1,048,576 | announced, acknowledged",
              "INITIAL_WINDOW_SIZE | 65,535 | the initial value",
              "MAX_CONCURRENT_STREAMS | 100 | announced, acknowledged", "MAX_HEADER_LIST_SIZE | no limit",
              "2 streams, 2 open", "#5 | GET /orders HTTP/2 | half-closed (local)", "127.0.0.1:8443"})
            QVERIFY2(all.contains(QString::fromUtf8(line)), qPrintable(QString::fromUtf8(line) + u'\n' + all));
    }

    void connectionTellsItsFacts()
    {
        const Seq event = m_live->write([](test::CaptureBuilder &b) {
            b.facts(RecordKind::Tcp, TcpFacts{"127.0.0.1:8080", "127.0.0.1:40000", "", 0.4});
            return b.whole(RecordKind::SseEvent, "data: x\n\n");
        });
        show(4, event);
        const QString all = test::printModel(*child<QTreeWidget>("connectionFields")->model()).join(u'\n');
        QVERIFY2(all.contains(QStringLiteral("Stream   #1")), qPrintable(all));
        QVERIFY2(all.contains(QStringLiteral("127.0.0.1:8080")), qPrintable(all));
    }

    void cookiesAreToldOfWhereNoJarIsKept()
    {
        const auto shown = [this](bool areKept) {
            const Seq event = m_live->write([areKept](test::CaptureBuilder &b) {
                b.session = b.connection = areKept ? 2 : 3;
                b.facts(RecordKind::Session, SessionFacts{"asked", "http://h/", "sse", areKept});
                const Seq request =
                    b.whole(RecordKind::HttpRequest, "GET / HTTP/1.1\r\nHost: h\r\n\r\n", Direction::Out);
                b.whole(RecordKind::HttpResponse, "HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\n\r\n", Direction::In, 0,
                        request.value);
                const Seq seq = b.whole(RecordKind::SseEvent, "data: x\n\n");
                b.session = b.connection = 1;
                return seq;
            });
            show(4, event);
            return test::printModel(*child<QTreeWidget>("connectionFields")->model()).join(u'\n');
        };
        const QString kept = shown(true);
        QVERIFY2(kept.contains(QStringLiteral("Cookies that answers set")), qPrintable(kept));
        QVERIFY(!kept.contains(QStringLiteral("neither kept nor sent")));
        QVERIFY(shown(false).contains(QStringLiteral("Cookies that answers set: off, neither kept nor sent")));
    }

    /// The stream that was chosen last counts, not the row that was picked before it.
    void aChosenStreamIsAssembledWhenItsTabIsOpened()
    {
        const Seq other = m_live->event("{}");
        show(0, other);
        m_live->write([](test::CaptureBuilder &b) {
            b.session = b.connection = 2;
            b.whole(RecordKind::SseEvent, "data: {\"choices\":[{\"delta\":{\"content\":\"chosen\"}}]}\n\n");
            b.session = b.connection = 1;
        });
        m_tabs->showSession(SessionId(2));
        m_tabs->setCurrentIndex(5);
        const auto text = [this] {
            m_tabs->advance(50ms);
            return child<QPlainTextEdit>("assembledText")->toPlainText();
        };
        QTRY_VERIFY2(text().endsWith(QStringLiteral("chosen")), qPrintable(text()));
        show(5, other);
        QTRY_VERIFY(text().isEmpty());
    }

    /// The tab is opened after the row was picked: its ledger has not read anything yet.
    void theAttemptOfARecordIsMarked()
    {
        m_live->write([](test::CaptureBuilder &b) {
            b.facts(RecordKind::State, StateFacts{.state = SessionState::Waiting, .attempt = 1});
            b.facts(RecordKind::State, StateFacts{.state = SessionState::Connecting, .attempt = 2});
        });
        const Seq ofSecond = m_live->event("{}");
        m_live->write([](test::CaptureBuilder &b) {
            b.facts(RecordKind::State, StateFacts{.state = SessionState::Waiting, .attempt = 2});
            b.facts(RecordKind::State, StateFacts{.state = SessionState::Connecting, .attempt = 3});
        });
        m_tabs->showSession(SessionId(1));
        show(6, ofSecond);
        const auto *ledger = child<QTableView>("ledger");
        const auto marked = [&] {
            m_tabs->advance(50ms);
            return ledger->currentIndex().row();
        };
        QTRY_COMPARE(marked(), 1);
        QCOMPARE(ledger->model()->rowCount(), 3);
    }

    void codedContentIsCountedWhileItGrows()
    {
        m_live->write([](test::CaptureBuilder &b) {
            return b.whole(RecordKind::HttpResponse,
                           "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n");
        });
        const Seq event = codedEvent("5\r\ncoded\r\n", "data: one\n\n");
        show(4, event);
        const auto shown = [this] {
            return test::printModel(*child<QTreeWidget>("connectionFields")->model()).join(u'\n');
        };
        for (const char *line : {"Content coding   #", "coding | gzip", "on the wire | 5 bytes", "plain | 11 bytes",
                                 "ratio | 2.2 to 1", "waited for more | 0.000 ms"})
            QVERIFY2(shown().contains(QString::fromUtf8(line)), qPrintable(shown()));
        codedEvent("4\r\nmore\r\n", "data: two\n\n");
        m_index->advance(m_live->builder.capture->counts().records, 50ms);
        m_tabs->refresh();
        QVERIFY2(shown().contains(QStringLiteral("on the wire | 9 bytes")), qPrintable(shown()));
    }

    void layersOfCodedContentLeadToWhatCarriedIt()
    {
        show(2, codedEvent("5\r\ncoded\r\n", "data: one\n\n"));
        const QStringList lines = test::printModel(*child<QTreeWidget>("layersTree")->model());
        QCOMPARE(lines.size(), 3);
        QVERIFY2(lines[1].startsWith(QStringLiteral("  h1.chunk  #")), qPrintable(lines[1]));
        QVERIFY2(lines[2].startsWith(QStringLiteral("    tcp.read  #")), qPrintable(lines[2]));
        QVERIFY(child<QLabel>("layersSaid")->text().contains(QStringLiteral("Content codings wrap it")));
    }

private:
    /// A chunk, and an event whose plain bytes were made of it.
    Seq codedEvent(const char *chunk, const char *plain)
    {
        return m_live->write([&](test::CaptureBuilder &b) {
            b.whole(RecordKind::H1Chunk, chunk);
            Record record = b.make(RecordKind::SseEvent, Direction::In);
            record.origin = b.writer.appendBytes(plain);
            record.originLength = static_cast<std::uint32_t>(ByteView(plain).size());
            record.carrierFirst = record.carrierLast = 1;
            return b.append(record);
        });
    }
    template <class Widget>
    [[nodiscard]] Widget *child(const char *name) const
    {
        return m_tabs->findChild<Widget *>(QString::fromLatin1(name));
    }
    void show(int tab, Seq seq)
    {
        m_index->advance(m_live->builder.capture->counts().records, 50ms);
        m_flow->advance();
        m_tabs->setCurrentIndex(tab);
        m_tabs->showRecord(seq);
    }

    static void openTwoStreams(test::Http2Talk &talk)
    {
        talk.addSession(1, "events");
        talk.addSession(2, "orders");
        talk.openConnection();
        talk.openStream(1, 1, "/events");
        talk.openStream(2, 5, "/orders");
    }
    /// Over a capture of its own.
    void showIn(const test::Http2Talk &talk, int tab, Seq seq)
    {
        m_tabs.reset();
        m_index = std::make_unique<ConnectionIndex>(talk.capture);
        m_flow = std::make_unique<Http2Flow>(talk.capture);
        m_index->advance(talk.capture->counts().records, 50ms);
        m_flow->advance();
        m_tabs = std::make_unique<DetailTabs>(talk.capture, *m_index, *m_flow);
        m_tabs->resize(1100, 320);
        m_tabs->show();
        m_tabs->setCurrentIndex(tab);
        m_tabs->showRecord(seq);
    }

    [[nodiscard]] QString layers() const
    {
        return test::printModel(*child<QTreeWidget>("layersTree")->model()).join(u'\n');
    }

    std::unique_ptr<test::LiveCapture> m_live;
    std::unique_ptr<ConnectionIndex> m_index;
    std::unique_ptr<Http2Flow> m_flow;
    std::unique_ptr<DetailTabs> m_tabs;
};

PUSHSCOPE_TEST(DetailTabsTest)
#include "detailtabstest.moc"
