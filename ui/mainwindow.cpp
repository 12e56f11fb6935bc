#include "ui/mainwindow.h"

#include "core/capture/details/payload.h"
#include "ui/dialogs/aboutdialog.h"
#include "ui/dialogs/requesteditor.h"
#include "ui/dialogs/scenariosdialog.h"
#include "ui/dialogs/shortcutsdialog.h"
#include "ui/models/recordtablemodel.h"
#include "ui/models/sessionlistmodel.h"
#include "ui/panes/connectbar.h"
#include "ui/panes/demopanel.h"
#include "ui/panes/detailtabs.h"
#include "ui/panes/filterbar.h"
#include "ui/panes/findbar.h"
#include "ui/panes/noticebar.h"
#include "ui/panes/recordview.h"
#include "ui/panes/statusline.h"
#include "ui/panes/streamspanel.h"
#include "ui/panes/welcomepage.h"
#include "ui/text/commandline.h"
#include "ui/text/plaintext.h"
#include "ui/text/words.h"
#include "ui/workpage.h"
#include "ui/workspace.h"

#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QDateTime>
#include <QFileDialog>
#include <QMenuBar>
#include <QSaveFile>
#include <QStackedWidget>
#include <QTimer>

namespace pushscope {

namespace {
/// The engine is done before; this is for one that is not.
constexpr int ShutdownPatience = 3000;
} // namespace

MainWindow::MainWindow(QWidget *parent) : QMainWindow(parent), m_workspace(std::make_unique<Workspace>())
{
    build();
}

MainWindow::MainWindow(std::shared_ptr<Capture> capture, QWidget *parent)
    : QMainWindow(parent), m_workspace(std::make_unique<Workspace>(std::move(capture)))
{
    build();
    showWork();
}

MainWindow::~MainWindow()
{
    // The pages read the capture: they go before it does.
    m_pages->setParent(nullptr);
    const std::unique_ptr<QStackedWidget> pages(m_pages);
}

void MainWindow::build()
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(QStringLiteral("Pushscope"));
    resize(1440, 900);
    m_isSystemDark = isSystemDark();
    applyScheme(m_state.scheme());
    m_pages = new QStackedWidget(this);
    m_pages->setObjectName(QStringLiteral("pages"));
    m_welcome = new WelcomePage(m_pages);
    m_work = new WorkPage(*m_workspace, m_pages);
    m_pages->addWidget(m_welcome);
    m_pages->addWidget(m_work);
    setCentralWidget(m_pages);
    makeMenus();
    joinWelcome();
    joinWork();
    restoreGeometry(m_state.bytes("geometry"));
    m_work->restore(m_state);
    refreshRecent();
    m_welcome->focusUrl();
    if (const auto &error = m_workspace->captureError()) {
        m_work->notices().tell(NoticeBar::Kind::Bad,
                               words("The capture is kept in memory: %1 (%2)")
                                   .arg(visibleLine(error->detail), QString::fromUtf8(word(error->code))));
        m_work->statusLine().showPlace(true);
    }
}

void MainWindow::makeMenus()
{
    QMenu *stream = menuBar()->addMenu(words("&Stream"));
    stream->addAction(words("Enter a URL"), QKeySequence(QStringLiteral("Ctrl+L")), this, [this] {
        if (m_pages->currentWidget() == m_welcome)
            m_welcome->focusUrl();
        else
            m_work->connectBar().focusUrl();
    });
    stream->addAction(words("Request\u2026"), QKeySequence(QStringLiteral("Ctrl+R")), this,
                      [this] { editRequest(m_work->connectBar().draft()); });
    stream->addSeparator();
    m_work->streams().addCommands(*stream);
    stream->addAction(m_work->resumeAction());
    stream->addAction(m_work->notices().undoAction());
    stream->addSeparator();
    stream->addAction(words("Quit"), QKeySequence(QKeySequence::Quit), this, &QWidget::close);
    QMenu *find = menuBar()->addMenu(words("&Find"));
    find->addAction(words("Find in the rows\u2026"), QKeySequence(QKeySequence::Find), this,
                    [this] { m_work->findBar().open(); });
    find->addAction(words("Filter"), QKeySequence(QStringLiteral("Ctrl+Shift+F")), this,
                    [this] { m_work->filterBar().focusText(); });
    find->addSeparator();
    find->addAction(words("Next pane"), QKeySequence(QStringLiteral("F6")), this,
                    [this] { m_work->focusNextPane(false); });
    find->addAction(words("Previous pane"), QKeySequence(QStringLiteral("Shift+F6")), this,
                    [this] { m_work->focusNextPane(true); });
    makeViewMenu();
    makeHelpMenu();
}

void MainWindow::makeHelpMenu()
{
    QMenu *help = menuBar()->addMenu(words("&Help"));
    const auto open = [this](auto *dialog) {
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->show();
    };
    help->addAction(words("Keyboard"), QKeySequence(QKeySequence::HelpContents), this,
                    [this, open] { open(new ShortcutsDialog(this)); });
    help->addAction(words("Scenarios\u2026"), this, &MainWindow::showScenarios);
    help->addSeparator();
    help->addAction(words("About Pushscope"), this, [this, open] { open(new AboutDialog(this)); });
    connect(m_welcome, &WelcomePage::keyboardRequested, this, [this, open] { open(new ShortcutsDialog(this)); });
}

void MainWindow::makeViewMenu()
{
    QMenu *view = menuBar()->addMenu(words("&View"));
    auto *schemes = new QActionGroup(this);
    const std::initializer_list<std::pair<Scheme, const char *>> choices = {
        {Scheme::System, "As the system"}, {Scheme::Light, "Light"}, {Scheme::Dark, "Dark"}};
    for (const auto &[scheme, name] : choices) {
        QAction *action = view->addAction(words(name), this, [this, choice = scheme] {
            m_state.setScheme(choice);
            applyScheme(choice);
        });
        action->setCheckable(true);
        action->setChecked(scheme == m_state.scheme());
        schemes->addAction(action);
    }
    view->addSeparator();
    QAction *sinceStart = view->addAction(words("Times since the start"), this, [this](bool checked) {
        m_work->records().setTimeMode(checked ? TimeMode::SinceStart : TimeMode::Clock);
    });
    sinceStart->setCheckable(true);
    QAction *fromSelected = view->addAction(words("Deltas from the selected row"), this, [this](bool checked) {
        m_work->records().setDelta(checked ? DeltaMode::Selected : DeltaMode::Previous, m_work->table().currentSeq());
    });
    fromSelected->setCheckable(true);
}

void MainWindow::applyScheme(Scheme scheme)
{
    const bool dark = scheme == Scheme::Dark || (scheme == Scheme::System && m_isSystemDark);
    if (auto *application = qobject_cast<QApplication *>(QCoreApplication::instance()))
        pushscope::applyScheme(*application, dark);
}

void MainWindow::joinWelcome()
{
    connect(m_welcome, &WelcomePage::connectRequested, this, &MainWindow::openTarget);
    connect(m_welcome, &WelcomePage::leaveNeeded, this, &MainWindow::askLeave);
    connect(m_welcome, &WelcomePage::differencesNamed, this, &MainWindow::tellDifferences);
    connect(m_welcome, &WelcomePage::feedRequested, this, [this] { startDemo(true); });
    connect(m_welcome, &WelcomePage::echoRequested, this, [this] {
        openDemo("/ws/echo", "echo");
        m_work->focusComposerOnceOpen();
    });
    connect(m_welcome, &WelcomePage::scenariosRequested, this, &MainWindow::showScenarios);
    connect(m_welcome, &WelcomePage::recentChosen, this, &MainWindow::openTarget);
    connect(m_welcome, &WelcomePage::recentForgotten, this, &MainWindow::forgetRecent);
}

void MainWindow::joinWork()
{
    connect(&m_work->connectBar(), &ConnectBar::connectRequested, this, &MainWindow::openTarget);
    connect(&m_work->connectBar(), &ConnectBar::editorRequested, this,
            [this] { editRequest(m_work->connectBar().draft()); });
    connect(&m_work->streams(), &StreamsPanel::editRequested, this, [this](SessionId session) {
        if (const Target *target = m_workspace->targetOf(session))
            editRequest(*target);
    });
    connect(&m_work->connectBar(), &ConnectBar::leaveNeeded, this, &MainWindow::askLeave);
    connect(&m_work->connectBar(), &ConnectBar::differencesNamed, this, &MainWindow::tellDifferences);
    connect(&m_work->connectBar(), &ConnectBar::urlEdited, this, [this] { m_work->notices().clear(m_leaveNotice); });
    connect(&m_work->savedList(), &RecentList::chosen, this, &MainWindow::openTarget);
    connect(&m_work->savedList(), &RecentList::forgotten, this, &MainWindow::forgetRecent);
    connect(&m_work->streams(), &StreamsPanel::duplicateRequested, this, &MainWindow::duplicate);
    connect(&m_work->streams(), &StreamsPanel::removeRequested, this, &MainWindow::removeSession);
    connect(&m_work->streams(), &StreamsPanel::copyCurlRequested, this, [this](SessionId session) {
        if (const Target *target = m_workspace->targetOf(session))
            QApplication::clipboard()->setText(curlCommandText(*target));
    });
    connect(&m_work->streams(), &StreamsPanel::copyCommandRequested, this, [this](SessionId session) {
        if (const Target *target = m_workspace->targetOf(session))
            QApplication::clipboard()->setText(pushscopeCommand(*target));
    });
    connect(&m_work->details(), &DetailTabs::saveRequested, this, &MainWindow::savePayload);
    connect(&m_work->details(), &DetailTabs::textSaveRequested, this,
            [this](const QString &title, const QByteArray &content) { save(title, ByteView(content)); });
    connect(&m_work->demoPanel(), &DemoPanel::scenariosRequested, this, &MainWindow::showScenarios);
    connect(&m_work->demoPanel(), &DemoPanel::startRequested, this, [this] { startDemo(false); });
    connect(&m_work->demoPanel(), &DemoPanel::stopRequested, m_workspace.get(), &Workspace::stopDemo);
    connect(m_workspace.get(), &Workspace::demoChanged, this,
            [this] { m_work->demoPanel().showServer(m_workspace->demo()); });
    connect(m_workspace.get(), &Workspace::captureFailed, this,
            [this](const Error &error) { m_work->statusLine().showFailure(error); });
    connect(m_workspace.get(), &Workspace::closed, this, &MainWindow::finishClosing);
    // A session shows up in the list once its first record was folded; a new one becomes the current one.
    connect(&m_work->sessions(), &SessionListModel::sessionAppeared, &m_work->streams(), &StreamsPanel::setCurrent);
}

void MainWindow::showWork()
{
    if (m_pages->currentWidget() == m_work)
        return;
    m_pages->setCurrentWidget(m_work);
    m_work->table().setFocus(Qt::OtherFocusReason);
}

void MainWindow::openTarget(const Target &target)
{
    if (!m_workspace->isLive())
        return;
    start(target);
    m_state.remember(target, QDateTime::currentSecsSinceEpoch());
    refreshRecent();
}

void MainWindow::start(const Target &target)
{
    showWork();
    m_work->connectBar().setDraft(target);
    m_workspace->open(target);
}

void MainWindow::restoreStreams()
{
    for (const Target &target : m_state.openTargets()) {
        showWork();
        m_work->connectBar().setDraft(target);
        m_workspace->prepare(target);
    }
}

void MainWindow::startDemo(bool connectFeed)
{
    if (connectFeed) {
        openDemo("/events", "events");
        return;
    }
    const auto started = m_workspace->startDemo();
    if (!started)
        m_work->notices().tell(NoticeBar::Kind::Bad, words("The demo server did not start: %1 (%2)")
                                                         .arg(visibleLine(started.error().detail),
                                                              QString::fromUtf8(word(started.error().code))));
}

void MainWindow::openDemo(const std::string &path, const std::string &name)
{
    showWork();
    startDemo(false);
    if (const auto target = m_workspace->demoTarget(path, name))
        openTarget(*target);
}

void MainWindow::showScenarios()
{
    if (!m_scenarios) {
        m_scenarios = new ScenariosDialog(this);
        connect(m_scenarios, &ScenariosDialog::openRequested, this, &MainWindow::openScenario);
    }
    m_scenarios->show();
    m_scenarios->raise();
}

void MainWindow::editRequest(const Target &target)
{
    if (!m_editor) {
        m_editor = new RequestEditor(this);
        connect(m_editor, &RequestEditor::connectRequested, this, &MainWindow::openTarget);
    }
    m_editor->setTarget(target);
    m_editor->show();
    m_editor->raise();
}

/// Side by side with the stream itself, which is not opened a second time among several.
void MainWindow::duplicate(SessionId session, const std::vector<Carrier> &carriers)
{
    const Target *source = m_workspace->targetOf(session);
    if (!source)
        return;
    for (const Carrier carrier : carriers) {
        if (carriers.size() == 1 || carrier != carrierOf(*source))
            m_workspace->open(carriedBy(carrier, *source, m_workspace->isDemo(source->url)));
    }
}

/// Its streams are not remembered: there may be a dozen, and the list of scenarios has them.
void MainWindow::openScenario(const Scenario &scenario)
{
    showWork();
    startDemo(false);
    for (const std::string &path : scenario.paths) {
        auto target = m_workspace->demoTarget(path, scenario.id);
        if (!target)
            return;
        if (scenario.method != "GET") {
            target->method = scenario.method;
            target->headers.push_back({"Content-Type", scenario.contentType});
            target->body = scenario.body;
            target->reconnection.enabled = false; // asked once, answered once
        }
        target->compressed = scenario.isCoded;
        if (scenario.isOverHttp2) {
            target->http = HttpChoice::Http2;
            target->sharing.enablePush = true; // what a push delivers is one of the things to see
        }
        start(*target);
    }
}

void MainWindow::savePayload(Seq seq)
{
    save(words("Save the payload"), payloadOf(*m_workspace->capture(), seq).bytes);
}

void MainWindow::save(const QString &title, ByteView bytes)
{
    const QString path = QFileDialog::getSaveFileName(this, title);
    if (path.isEmpty())
        return;
    QSaveFile file(path);
    const bool isSaved = file.open(QIODevice::WriteOnly) &&
                         file.write(bytes.data(), qint64(bytes.size())) == qint64(bytes.size()) && file.commit();
    if (!isSaved)
        m_work->notices().tell(NoticeBar::Kind::Bad, words("%1 can't be written: %2").arg(path, file.errorString()));
}

void MainWindow::askLeave(const TypedTarget &typed)
{
    showWork();
    m_work->connectBar().setCommand(typed.command);
    const QString comma = QStringLiteral(", ");
    QStringList named;
    if (!typed.fileFlags.isEmpty())
        named += words("local files: %1").arg(typed.fileFlags.join(comma));
    if (!typed.variables.isEmpty())
        named += words("variables of the environment: %1").arg(typed.variables.join(comma));
    m_leaveNotice = m_work->notices().tell(
        NoticeBar::Kind::Note,
        words("This command names %1. Nothing is sent before you say so.").arg(named.join(words("; and "))),
        {words("Use them and connect"), [this, typed] { openWithLeave(typed); }});
}

void MainWindow::openWithLeave(const TypedTarget &typed)
{
    const TypedTarget read = readWithLeave(typed);
    if (!read.isValid) {
        m_work->notices().tell(NoticeBar::Kind::Bad, read.problem);
        return;
    }
    openTarget(read.target);
    tellDifferences(read.differences);
}

void MainWindow::tellDifferences(const QStringList &differences)
{
    if (!differences.isEmpty())
        m_work->notices().tell(NoticeBar::Kind::Note,
                               words("Otherwise than by curl: %1.").arg(differences.join(QStringLiteral("; "))));
}

void MainWindow::removeSession(SessionId session)
{
    SessionListModel &sessions = m_work->sessions();
    const SessionSummary *summary = m_workspace->statistics().session(session);
    const QString name = summary ? visibleLine(summary->name) : QString();
    sessions.setHidden(session, true);
    m_work->notices().offerUndo(
        words("%1 was removed; its records stay.").arg(name), words("Undo"),
        [this, session] {
            m_work->sessions().setHidden(session, false);
            m_work->streams().setCurrent(session);
        },
        [this, session] { m_workspace->remove(session); });
}

void MainWindow::refreshRecent()
{
    m_welcome->setRecent(m_state.recent());
    m_work->setSaved(m_state.recent());
    QStringList urls;
    for (const RecentTarget &recent : m_state.recent())
        urls += QString::fromStdString(recent.target.url.text());
    m_work->connectBar().setKnownUrls(urls);
}

void MainWindow::forgetRecent(const Target &target)
{
    m_state.forget(target);
    refreshRecent();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_state.setBytes("geometry", saveGeometry());
    m_work->save(m_state);
    m_work->notices().clear();
    if (m_workspace->isLive())
        m_state.setOpenTargets(m_workspace->targets());
    if (!m_isClosing && m_workspace->hasOpenSessions()) {
        // Close handshakes first; Workspace::closed brings us back here.
        hide();
        m_workspace->shutdown();
        QTimer::singleShot(ShutdownPatience, this, &MainWindow::finishClosing);
        event->ignore();
        return;
    }
    QMainWindow::closeEvent(event);
}

void MainWindow::finishClosing()
{
    if (m_isClosing)
        return;
    m_isClosing = true;
    close();
    Q_EMIT ended();
}

} // namespace pushscope
