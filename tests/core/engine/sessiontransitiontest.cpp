#include "core/engine/sessiontransition.h"

#include "tests/support/testmain.h"

#include <QTest>

#include <map>
#include <sstream>

using namespace pushscope;

/// Every state with every input: the table below is the whole behaviour.
class SessionTransitionTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goesWhereTheTableSays_data();
    void goesWhereTheTableSays();
    void tableIsComplete();
    void endsAreReachedFromEverywhere();
};

namespace {

constexpr std::array<const char *, 9> StateNames = {"Idle",    "Connecting", "Securing", "Requesting", "Open",
                                                    "Closing", "Waiting",    "Closed",   "Failed"};
constexpr std::array<const char *, static_cast<std::size_t>(SessionInput::Count)> InputNames = {
    "Connect",       "Disconnect",   "Drop",           "ReconnectNow", "AskAgain",
    "TlsStarted",    "RequestReady", "Opened",         "Redirected",   "CloseStarted",
    "EndedForRetry", "EndedForGood", "EndedInFailure", "WaitOver",     "PatienceOver"};
constexpr std::array<const char *, 13> ActionNames = {
    "None",          "StartAttempt",   "FollowRedirect", "SendRequest", "AnnounceOpen", "BeginClose",  "StartPatience",
    "CutConnection", "DropConnection", "StartWait",      "CancelWait",  "AnnounceEnd",  "RefuseIntent"};

// STATE INPUT -> STATE actions; pairs that are not listed change nothing.
constexpr const char *Table = R"(
Idle Connect -> Connecting StartAttempt
Idle Disconnect -> Closed AnnounceEnd
Idle Drop -> Idle RefuseIntent
Idle ReconnectNow -> Idle RefuseIntent
Idle AskAgain -> Connecting StartAttempt
Connecting Connect -> Connecting RefuseIntent
Connecting Disconnect -> Closed CutConnection AnnounceEnd
Connecting Drop -> Connecting DropConnection
Connecting ReconnectNow -> Connecting RefuseIntent
Connecting AskAgain -> Connecting CutConnection
Connecting TlsStarted -> Securing
Connecting RequestReady -> Requesting SendRequest
Connecting EndedForRetry -> Waiting StartWait
Connecting EndedForGood -> Closed AnnounceEnd
Connecting EndedInFailure -> Failed AnnounceEnd
Securing Connect -> Securing RefuseIntent
Securing Disconnect -> Closed CutConnection AnnounceEnd
Securing Drop -> Securing DropConnection
Securing ReconnectNow -> Securing RefuseIntent
Securing AskAgain -> Securing CutConnection
Securing RequestReady -> Requesting SendRequest
Securing EndedForRetry -> Waiting StartWait
Securing EndedForGood -> Closed AnnounceEnd
Securing EndedInFailure -> Failed AnnounceEnd
Requesting Connect -> Requesting RefuseIntent
Requesting Disconnect -> Closed CutConnection AnnounceEnd
Requesting Drop -> Requesting DropConnection
Requesting ReconnectNow -> Requesting RefuseIntent
Requesting AskAgain -> Requesting CutConnection
Requesting Opened -> Open AnnounceOpen
Requesting Redirected -> Connecting FollowRedirect
Requesting EndedForRetry -> Waiting StartWait
Requesting EndedForGood -> Closed AnnounceEnd
Requesting EndedInFailure -> Failed AnnounceEnd
Open Connect -> Open RefuseIntent
Open Disconnect -> Closing BeginClose StartPatience
Open Drop -> Open DropConnection
Open ReconnectNow -> Open RefuseIntent
Open AskAgain -> Open CutConnection
Open CloseStarted -> Closing StartPatience
Open EndedForRetry -> Waiting StartWait
Open EndedForGood -> Closed AnnounceEnd
Open EndedInFailure -> Failed AnnounceEnd
Closing Connect -> Closing RefuseIntent
Closing Disconnect -> Closed CutConnection AnnounceEnd
Closing Drop -> Closing DropConnection
Closing ReconnectNow -> Closing RefuseIntent
Closing AskAgain -> Closing CutConnection
Closing EndedForRetry -> Waiting StartWait
Closing EndedForGood -> Closed AnnounceEnd
Closing EndedInFailure -> Failed AnnounceEnd
Closing PatienceOver -> Closing CutConnection
Waiting Connect -> Connecting CancelWait StartAttempt
Waiting Disconnect -> Closed CancelWait AnnounceEnd
Waiting Drop -> Waiting RefuseIntent
Waiting ReconnectNow -> Connecting CancelWait StartAttempt
Waiting AskAgain -> Connecting CancelWait StartAttempt
Waiting WaitOver -> Connecting StartAttempt
Closed Connect -> Connecting StartAttempt
Closed Drop -> Closed RefuseIntent
Closed ReconnectNow -> Closed RefuseIntent
Closed AskAgain -> Connecting StartAttempt
Failed Connect -> Connecting StartAttempt
Failed Drop -> Failed RefuseIntent
Failed ReconnectNow -> Failed RefuseIntent
Failed AskAgain -> Connecting StartAttempt
)";

std::string describe(const SessionTransition &transition)
{
    std::string text = StateNames[static_cast<std::size_t>(transition.state)];
    for (const SessionAction action : transition.actions) {
        if (action != SessionAction::None)
            text += std::string(" ") + ActionNames[static_cast<std::size_t>(action)];
    }
    return text;
}

std::map<std::string, std::string> table()
{
    std::map<std::string, std::string> rows;
    std::istringstream lines(Table);
    for (std::string line; std::getline(lines, line);) {
        if (const std::size_t arrow = line.find(" -> "); arrow != std::string::npos)
            rows[line.substr(0, arrow)] = line.substr(arrow + 4);
    }
    return rows;
}

} // namespace

void SessionTransitionTest::goesWhereTheTableSays_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<int>("input");
    QTest::addColumn<QByteArray>("expected");
    const auto rows = table();
    for (std::size_t state = 0; state < StateNames.size(); ++state) {
        for (std::size_t input = 0; input < InputNames.size(); ++input) {
            const std::string pair = std::string(StateNames[state]) + " " + InputNames[input];
            const auto row = rows.find(pair);
            QTest::newRow(pair.c_str()) << static_cast<int>(state) << static_cast<int>(input)
                                        << QByteArray::fromStdString(row == rows.end() ? StateNames[state]
                                                                                       : row->second);
        }
    }
}

void SessionTransitionTest::goesWhereTheTableSays()
{
    QFETCH(int, state);
    QFETCH(int, input);
    QFETCH(QByteArray, expected);
    QCOMPARE(QByteArray::fromStdString(
                 describe(transition(static_cast<SessionState>(state), static_cast<SessionInput>(input)))),
             expected);
}

void SessionTransitionTest::tableIsComplete()
{
    QCOMPARE(table().size(), 66u); // a misspelt row would count twice or not at all
}

/// However deep in an attempt: one Disconnect or its end leads to rest in two steps at the most.
void SessionTransitionTest::endsAreReachedFromEverywhere()
{
    for (std::size_t state = 0; state < StateNames.size(); ++state) {
        const SessionTransition first = transition(static_cast<SessionState>(state), SessionInput::Disconnect);
        const SessionTransition second = transition(first.state, SessionInput::Disconnect);
        QVERIFY(second.state == SessionState::Closed || second.state == SessionState::Failed);
    }
}

PUSHSCOPE_TEST(SessionTransitionTest)
#include "sessiontransitiontest.moc"
