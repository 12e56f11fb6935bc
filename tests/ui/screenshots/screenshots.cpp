#include "tests/ui/screenshots/story.h"
#include "ui/dialogs/requesteditor.h"
#include "ui/dialogs/scenariosdialog.h"
#include "ui/mainwindow.h"
#include "ui/models/recordtablemodel.h"
#include "ui/panes/composer.h"
#include "ui/panes/connectbar.h"
#include "ui/panes/recordview.h"
#include "ui/panes/streamspanel.h"
#include "ui/theme/theme.h"
#include "ui/windowstate.h"
#include "ui/workspace.h"

#include <QApplication>
#include <QDateTime>
#include <QDir>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>
#include <functional>
#include <vector>

using namespace pushscope;

namespace {

/// The quality of a PNG is how little it is compressed.
constexpr int SmallestFile = 0;
/// How long a window may settle before it is drawn, on a busy machine too.
constexpr int SettleTime = 1500;

constexpr const char *ModelRequest =
    R"({"model":"demo-model","stream":true,"messages":[{"role":"user","content":"Hello"}]})";
constexpr const char *McpCall = R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"count",)"
                                R"("arguments":{"to":5,"interval":300},"_meta":{"progressToken":"steps"}}})";

struct Picture
{
    QString name;
    std::function<std::unique_ptr<QWidget>()> make;
    int wait = SettleTime; ///< milliseconds
};

void choose(Scheme scheme)
{
    QSettings(QStringLiteral("Pushscope"), QStringLiteral("Pushscope")).clear();
    WindowState state;
    state.setScheme(scheme);
}

void rememberTargets()
{
    WindowState state;
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    const std::pair<const char *, qint64> used[] = {{"http://localhost:8080/events", 720},
                                                    {"wss://staging.example.test/orders", 86'400},
                                                    {"https://ci.example.test/builds", 200'000}};
    for (auto entry = std::rbegin(used); entry != std::rend(used); ++entry) {
        Target target;
        target.url = *parseUrl(entry->first);
        state.remember(target, now - entry->second);
    }
}

/// A window that keeps the story it shows.
class StoryWindow : public MainWindow
{
public:
    explicit StoryWindow(test::Story story) : MainWindow(story.builder->capture), m_story(std::move(story)) {}
    void pick(int tab, bool picksMessage)
    {
        findChild<StreamsPanel *>()->setCurrent(SessionId(picksMessage ? 2 : 1));
        findChild<QTabWidget *>(QStringLiteral("detailTabs"))->setCurrentIndex(tab);
        findChild<RecordView *>()->selectSeq(picksMessage ? m_story.message : m_story.event);
    }

private:
    test::Story m_story;
};

std::unique_ptr<QWidget> busyWindow(QSize size, int tab, bool picksMessage)
{
    auto window = std::make_unique<StoryWindow>(test::tellStory());
    window->resize(size);
    QTimer::singleShot(SettleTime / 2, window.get(),
                       [raw = window.get(), tab, picksMessage] { raw->pick(tab, picksMessage); });
    return window;
}

/// The window as it is after ten seconds with the demo server: a feed that is cut and resumes, an echo that is talked
/// to, a port that refuses, a page where a stream was expected.
class LiveWindow : public MainWindow
{
public:
    static constexpr int Length = 10'500;

    LiveWindow()
    {
        resize(1440, 900);
        startDemo(false);
        openPath("/events?interval=330&drop=11&retry=2200", "events");
        openPath("/ws/echo", "orders");
        openPath("/", "legacy-feed");
        Target refused;
        refused.name = "builds";
        refused.url = *parseUrl("http://127.0.0.1:9/builds");
        refused.reconnection.initial = Milliseconds(4000);
        openTarget(refused);
        findChild<ConnectBar *>()->setDraft(
            *workspace().demoTarget("/events?interval=330&drop=11&retry=2200", "events"));
        auto *talk = new QTimer(this);
        connect(talk, &QTimer::timeout, this, [this] { say(); });
        talk->start(410);
        QTimer::singleShot(Length - SettleTime, this, [this] { pick(); });
    }

private:
    void openPath(const std::string &path, const std::string &name)
    {
        if (auto target = workspace().demoTarget(path, name)) {
            if (!target->url.isWebSocket())
                target->transport = TransportChoice::Sse;
            openTarget(*target);
        }
    }
    void say()
    {
        for (const SessionSummary &session : workspace().statistics().sessions()) {
            if (session.name == "orders" && session.state == SessionState::Open)
                workspace().post(session.id, intent::SendText{R"({"op":"fill","order":)" + std::to_string(++m_order) +
                                                              R"(,"qty":25})"});
        }
    }
    void pick()
    {
        for (const SessionSummary &session : workspace().statistics().sessions()) {
            if (session.name == "orders")
                findChild<StreamsPanel *>()->setCurrent(session.id);
        }
        findChild<Composer *>()->setMode(Composer::Mode::Json);
        findChild<QPlainTextEdit *>(QStringLiteral("composerText"))
            ->setPlainText(QStringLiteral("{\"op\": \"cancel\", \"order\": 7112}"));
        findChild<QTabWidget *>(QStringLiteral("detailTabs"))->setCurrentIndex(2);
        auto *table = findChild<RecordView *>();
        const QAbstractItemModel &rows = *table->model();
        for (int row = rows.rowCount() - 4; row >= 0; --row) {
            if (rows.index(row, RecordTableModel::Kind).data().toString() == QStringLiteral("event")) {
                table->selectSeq(Seq(rows.index(row, 0).data(RecordTableModel::SeqRole).toULongLong()));
                return;
            }
        }
    }

    int m_order = 7100;
};

std::unique_ptr<QWidget> requestEditor(HttpChoice http, int tab)
{
    auto editor = std::make_unique<RequestEditor>();
    Target target;
    target.url = *parseUrl("https://api.example.test/v1/stream?topic=orders&since=5115");
    target.http = http;
    target.headers = {{"Accept", "text/event-stream"}, {"X-Client", "pushscope"}};
    editor->setTarget(target);
    editor->findChild<QTabWidget *>(QStringLiteral("requestTabs"))->setCurrentIndex(tab);
    return editor;
}

/// The window over streams that share one HTTP/2 connection of the demo server: feeds, an echo that is talked to, and
/// one whose reading was paused.
class Http2Window : public MainWindow
{
public:
    static constexpr int Length = 9'000;

    Http2Window(QSize size, int tab, bool picksConnection) : m_tab(tab), m_picksConnection(picksConnection)
    {
        resize(size);
        startDemo(false);
        openPath("/events?interval=330", "events");
        openPath("/events?interval=90&size=900", "prices");
        openPath("/ws/echo", "orders");
        openPath("/events?interval=4&size=8000", "flood");
        auto *talk = new QTimer(this);
        connect(talk, &QTimer::timeout, this, [this] { say(); });
        talk->start(700);
        QTimer::singleShot(2500, this, [this] { post("flood", intent::PauseReading{true}); });
        QTimer::singleShot(6500, this, [this] { post("prices", intent::Disconnect{}); });
        QTimer::singleShot(Length - SettleTime, this, [this] { pick(); });
    }

private:
    void openPath(const std::string &path, const std::string &name)
    {
        auto target = workspace().demoTarget(path, name);
        const DemoAddresses &addresses = workspace().demo()->addresses();
        target->url = *parseUrl((target->url.isWebSocket() ? addresses.wss : addresses.https) + path);
        target->http = HttpChoice::Http2;
        openTarget(*target);
    }
    void post(const std::string &name, const Intent &intent)
    {
        for (const SessionSummary &session : workspace().statistics().sessions()) {
            if (session.name == name)
                workspace().post(session.id, intent);
        }
    }
    void say() { post("orders", intent::SendText{R"({"op":"fill","order":)" + std::to_string(++m_order) + "}"}); }
    void pick()
    {
        auto *streams = findChild<StreamsPanel *>();
        for (const SessionSummary &session : workspace().statistics().sessions()) {
            if (session.name == "orders")
                streams->setCurrent(session.id);
        }
        if (m_picksConnection) {
            streams->setCurrentConnection(1);
            findChild<QSplitter *>(QStringLiteral("rows"))->setSizes({320, 220, 250});
        }
        findChild<QTabWidget *>(QStringLiteral("detailTabs"))->setCurrentIndex(m_tab);
        auto *table = findChild<RecordView *>();
        const QAbstractItemModel &rows = *table->model();
        const QString wanted = m_tab == 1 ? QStringLiteral("h2.headers") : QStringLiteral("event");
        for (int row = rows.rowCount() - 4; row >= 0; --row) {
            if (rows.index(row, RecordTableModel::Kind).data().toString() == wanted) {
                table->selectSeq(Seq(rows.index(row, 0).data(RecordTableModel::SeqRole).toULongLong()));
                return;
            }
        }
    }

    int m_tab;
    bool m_picksConnection;
    int m_order = 7100;
};

/// The window over one stream of the demo server, with one of the details' panes in front.
class StreamWindow : public MainWindow
{
public:
    static constexpr int Length = 8'000;

    /// A body is sent with POST, as to a language model.
    StreamWindow(QSize size, const std::string &path, const QString &pane, const std::string &body)
    {
        resize(size);
        startDemo(false);
        if (auto target = workspace().demoTarget(path, "events")) {
            if (!body.empty()) {
                target->method = "POST";
                target->headers = {{"Content-Type", "application/json"}};
                target->body = body;
                target->reconnection.enabled = false;
            }
            openTarget(*target);
        }
        auto *tabs = findChild<QTabWidget *>(QStringLiteral("detailTabs"));
        // A tab may come with what the stream says.
        QTimer::singleShot(Length - SettleTime, this, [tabs, pane] {
            for (int tab = 0; tab < tabs->count(); ++tab) {
                if (tabs->tabText(tab) == pane)
                    tabs->setCurrentIndex(tab);
            }
        });
        findChild<QSplitter *>(QStringLiteral("rows"))->setSizes({150, 170, 400});
    }
};

/// As pictures that are made later.
std::function<std::unique_ptr<QWidget>()> streamWindow(QSize size, const char *path, const char *pane,
                                                       const char *body = "")
{
    return [size, path = std::string(path), pane = QString::fromLatin1(pane),
            body = std::string(body)]() -> std::unique_ptr<QWidget> {
        return std::make_unique<StreamWindow>(size, path, pane, body);
    };
}

/// A feed beside which a request is sent: what it publishes comes back as an event.
class CompanionWindow : public MainWindow
{
public:
    static constexpr int Length = 5'000;

    explicit CompanionWindow(QSize size)
    {
        resize(size);
        startDemo(false);
        openTarget(*workspace().demoTarget("/events?interval=700&topic=news", "events"));
        QTimer::singleShot(1500, this, [this] { send(); });
        QTimer::singleShot(Length - SettleTime, this,
                           [this] { findChild<QPushButton *>(QStringLiteral("companionMore"))->setChecked(true); });
    }

private:
    void send()
    {
        const auto target = workspace().demoTarget("/publish?topic=news", "publish");
        findChild<QLineEdit *>(QStringLiteral("companionUrl"))->setText(QString::fromStdString(target->url.text()));
        auto *text = findChild<QPlainTextEdit *>(QStringLiteral("companionText"));
        text->setPlainText(QStringLiteral("{\"data\": \"hello\"}"));
        findChild<QPushButton *>(QStringLiteral("companionSend"))->click();
    }
};

class Album
{
public:
    Album(QString folder, std::vector<Picture> pictures) : m_folder(std::move(folder)), m_pictures(std::move(pictures))
    {
    }
    void next()
    {
        if (m_at == m_pictures.size()) {
            QCoreApplication::quit();
            return;
        }
        m_shown = m_pictures[m_at].make();
        m_shown->show();
        QTimer::singleShot(m_pictures[m_at].wait, m_shown.get(), [this] {
            const QString path = m_folder + u'/' + m_pictures[m_at].name + QStringLiteral(".png");
            m_shown->grab().save(path, "PNG", SmallestFile);
            std::printf("%s\n", qPrintable(path));
            ++m_at;
            QTimer::singleShot(0, qApp, [this] { next(); });
        });
    }

private:
    QString m_folder;
    std::vector<Picture> m_pictures;
    std::size_t m_at = 0;
    std::unique_ptr<QWidget> m_shown;
};

std::vector<Picture> picturesOf(Scheme scheme, const QString &suffix)
{
    const QSize large(1440, 900);
    const auto themed = [scheme](auto make) {
        return [scheme, make]() -> std::unique_ptr<QWidget> {
            choose(scheme);
            return make();
        };
    };
    return {
        {QStringLiteral("welcome") + suffix, themed([]() -> std::unique_ptr<QWidget> {
             rememberTargets();
             auto window = std::make_unique<MainWindow>();
             window->resize(1200, 760);
             return window;
         })},
        {QStringLiteral("window") + suffix,
         themed([]() -> std::unique_ptr<QWidget> { return std::make_unique<LiveWindow>(); }), LiveWindow::Length},
        {QStringLiteral("layers") + suffix, themed([large] { return busyWindow(large, 2, false); })},
        {QStringLiteral("payload") + suffix, themed([large] { return busyWindow(large, 0, false); })},
        {QStringLiteral("frame") + suffix, themed([large] { return busyWindow(large, 1, true); })},
        {QStringLiteral("headers") + suffix, themed([large] { return busyWindow(large, 3, false); })},
        {QStringLiteral("http2") + suffix,
         themed([large]() -> std::unique_ptr<QWidget> { return std::make_unique<Http2Window>(large, 4, true); }),
         Http2Window::Length},
        {QStringLiteral("http2-frame") + suffix,
         themed([large]() -> std::unique_ptr<QWidget> { return std::make_unique<Http2Window>(large, 1, true); }),
         Http2Window::Length},
        {QStringLiteral("http2-small") + suffix,
         themed([]() -> std::unique_ptr<QWidget> { return std::make_unique<Http2Window>(QSize(900, 620), 2, false); }),
         Http2Window::Length},
        {QStringLiteral("small") + suffix, themed([] { return busyWindow(QSize(900, 620), 4, false); })},
        {QStringLiteral("reconnects") + suffix,
         themed(streamWindow(large, "/events?interval=120&drop=7&retry=700", "Reconnects")), StreamWindow::Length},
        {QStringLiteral("reconnects-small") + suffix,
         themed(streamWindow(QSize(1000, 600), "/events?interval=120&drop=7&retry=700", "Reconnects")),
         StreamWindow::Length},
        {QStringLiteral("timing") + suffix,
         themed(streamWindow(large, "/events?interval=300&burst=4&jitter=200", "Timing")), StreamWindow::Length},
        {QStringLiteral("timing-small") + suffix,
         themed(streamWindow(QSize(1000, 600), "/events?interval=40&jitter=60", "Timing")), StreamWindow::Length},
        {QStringLiteral("assembled") + suffix,
         themed(streamWindow(large, "/v1/chat/completions?tool=1", "Assembled", ModelRequest)), StreamWindow::Length},
        {QStringLiteral("assembled-small") + suffix,
         themed(streamWindow(QSize(1000, 600), "/v1/chat/completions?tool=1", "Assembled", ModelRequest)),
         StreamWindow::Length},
        {QStringLiteral("rpc") + suffix, themed(streamWindow(large, "/mcp", "JSON-RPC", McpCall)),
         StreamWindow::Length},
        {QStringLiteral("rpc-small") + suffix, themed(streamWindow(QSize(1000, 600), "/mcp", "JSON-RPC", McpCall)),
         StreamWindow::Length},
        {QStringLiteral("companion") + suffix,
         themed([large]() -> std::unique_ptr<QWidget> { return std::make_unique<CompanionWindow>(large); }),
         CompanionWindow::Length},
        {QStringLiteral("companion-small") + suffix,
         themed([]() -> std::unique_ptr<QWidget> { return std::make_unique<CompanionWindow>(QSize(900, 620)); }),
         CompanionWindow::Length},
        {QStringLiteral("request") + suffix, themed([] { return requestEditor(HttpChoice::Auto, 0); })},
        {QStringLiteral("request-http") + suffix, themed([] { return requestEditor(HttpChoice::Http2, 2); })},
        {QStringLiteral("scenarios") + suffix,
         themed([]() -> std::unique_ptr<QWidget> { return std::make_unique<ScenariosDialog>(); })}};
}

} // namespace

/// screenshots FOLDER [NAME]: draws the window's pictures into it, or those whose names begin so.
int main(int argc, char **argv)
{
    qputenv("TZ", "UTC");
    QApplication application(argc, argv);
    application.setQuitOnLastWindowClosed(false);
    if (argc != 2 && argc != 3) {
        std::fprintf(stderr, "usage: screenshots FOLDER [NAME]\n");
        return 2;
    }
    const QTemporaryDir settings;
    QStandardPaths::setTestModeEnabled(true);
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, settings.path());
    QDir().mkpath(QString::fromLocal8Bit(argv[1]));
    std::vector<Picture> pictures = picturesOf(Scheme::Light, QStringLiteral("-light"));
    for (Picture &picture : picturesOf(Scheme::Dark, QStringLiteral("-dark")))
        pictures.push_back(std::move(picture));
    if (argc == 3)
        std::erase_if(pictures, [&](const Picture &picture) {
            return !picture.name.startsWith(QString::fromLocal8Bit(argv[2]));
        });
    Album album(QString::fromLocal8Bit(argv[1]), std::move(pictures));
    QTimer::singleShot(0, &application, [&album] { album.next(); });
    return QApplication::exec();
}
