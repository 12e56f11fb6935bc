#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

namespace pushscope::test {

/// The built pushscope as somebody runs it: in an environment without display unless a platform plugin is named, data
/// and settings in a folder of its own.
class Program
{
public:
    explicit Program(const QStringList &arguments, const QString &platform = {});
    ~Program();

    /// Waits for its end, no longer than a minute, and returns the exit code; -1 when a signal ended it, -2 when it did
    /// not end.
    int exitCode();
    /// Waits until standard output has a text.
    bool waitForOutput(const QByteArray &text);
    void interrupt(int signal);
    QProcess &process() { return m_process; }
    [[nodiscard]] QString folder() const { return m_data.path(); }

    [[nodiscard]] QByteArray output();
    [[nodiscard]] QByteArray errors();
    [[nodiscard]] int errorLines() { return static_cast<int>(errors().count('\n')); }
    /// Standard output as the records of JSON lines; checked against the schema, a broken line fails the test.
    [[nodiscard]] QList<QJsonObject> records();
    /// The records of a kind ("ws.text") or layer ("messages").
    [[nodiscard]] QList<QJsonObject> records(const QString &kindOrLayer);
    /// The object that --stats prints.
    [[nodiscard]] QJsonObject statistics();

private:
    void collect();

    QTemporaryDir m_data;
    QProcess m_process;
    QByteArray m_output;
    QByteArray m_errors;
};

/// The exit code of a whole run.
int run(const QStringList &arguments);

/// `pushscope demo` on free ports.
class DemoProgram : public Program
{
public:
    explicit DemoProgram(const QStringList &arguments = {});
    /// "http", "https", "ws", "wss" or "ca" as it printed them, with a path behind.
    [[nodiscard]] QString address(const QString &name, const QString &path = {}) const;
    [[nodiscard]] bool isListening() const { return !m_addresses.isEmpty(); }

private:
    QJsonObject m_addresses;
};

/// A loopback port that refuses connections.
[[nodiscard]] quint16 refusedPort();

} // namespace pushscope::test
