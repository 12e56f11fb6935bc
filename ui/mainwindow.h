#pragma once

#include "core/base/ids.h"
#include "core/base/target.h"
#include "ui/carrier.h"
#include "ui/windowstate.h"

#include <QMainWindow>

#include <memory>
#include <vector>

class QActionGroup;
class QStackedWidget;

namespace pushscope {

class Capture;
class RequestEditor;
class ScenariosDialog;
struct Scenario;
struct TypedTarget;
class WelcomePage;
class WorkPage;
class Workspace;

/// The application's window: the welcome page until there is a stream, then the work page. Composes; every pane does
/// its own work.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    /// Over a capture of its own, kept in the user's data folder while the window is open.
    explicit MainWindow(QWidget *parent = nullptr);
    /// Over a capture that somebody else fills.
    explicit MainWindow(std::shared_ptr<Capture> capture, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Makes a session of the target and connects it.
    void openTarget(const Target &target);
    /// Lists the streams of the last time again, idle: nothing is sent before somebody connects them.
    void restoreStreams();
    /// Starts the demo server; `connectFeed` opens its reference feed too.
    void startDemo(bool connectFeed);

    [[nodiscard]] Workspace &workspace() { return *m_workspace; }

Q_SIGNALS:
    /// close() had to wait for close handshakes; now it is done.
    void ended();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void build();
    void start(const Target &target);
    void makeMenus();
    void makeViewMenu();
    void makeHelpMenu();
    void joinWelcome();
    void joinWork();
    void showWork();
    void applyScheme(Scheme scheme);
    void askLeave(const TypedTarget &typed);
    void openWithLeave(const TypedTarget &typed);
    void tellDifferences(const QStringList &differences);
    void openDemo(const std::string &path, const std::string &name);
    void openScenario(const Scenario &scenario);
    void showScenarios();
    void editRequest(const Target &target);
    void duplicate(SessionId session, const std::vector<Carrier> &carriers);
    void savePayload(Seq seq);
    void save(const QString &title, ByteView bytes);
    void removeSession(SessionId session);
    void refreshRecent();
    void forgetRecent(const Target &target);
    void finishClosing();

    WindowState m_state;
    std::unique_ptr<Workspace> m_workspace;
    QStackedWidget *m_pages = nullptr;
    WelcomePage *m_welcome = nullptr;
    WorkPage *m_work = nullptr;
    ScenariosDialog *m_scenarios = nullptr;
    RequestEditor *m_editor = nullptr;
    bool m_isSystemDark = false;
    bool m_isClosing = false;
    int m_leaveNotice = 0; ///< about the files and variables of a curl command
};

} // namespace pushscope
