#include "tests/e2e/program.h"

#include "tests/support/jsonlineschema.h"
#include "tests/support/paths.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QTcpServer>
#include <QTest>

#include <csignal>

namespace pushscope::test {

namespace {
constexpr int Patience = 60'000;
} // namespace

Program::Program(const QStringList &arguments, const QString &platform)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "http_proxy", "https_proxy",
                             "HTTPS_PROXY", "ALL_PROXY", "all_proxy", "SSLKEYLOGFILE"})
        environment.remove(QLatin1String(name));
    for (const char *name : {"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"})
        environment.insert(QLatin1String(name), m_data.path());
    if (!platform.isEmpty())
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), platform);
    m_process.setProcessEnvironment(environment);
    m_process.start(test::executablePath(), arguments);
}

Program::~Program()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished(Patience);
}

int Program::exitCode()
{
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(Patience))
        return -2;
    collect();
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

bool Program::waitForOutput(const QByteArray &text)
{
    QElapsedTimer clock;
    clock.start();
    while (!output().contains(text)) {
        if (m_process.state() == QProcess::NotRunning || clock.elapsed() > Patience)
            return false;
        m_process.waitForReadyRead(Patience);
    }
    return true;
}

void Program::interrupt(int signal)
{
    ::kill(static_cast<pid_t>(m_process.processId()), signal);
}

void Program::collect()
{
    m_output += m_process.readAllStandardOutput();
    m_errors += m_process.readAllStandardError();
}

QByteArray Program::output()
{
    collect();
    return m_output;
}

QByteArray Program::errors()
{
    collect();
    return m_errors;
}

QList<QJsonObject> Program::records()
{
    collect();
    const QString problem = jsonLinesError(m_output);
    if (!problem.isEmpty())
        QTest::qFail(qPrintable(problem), __FILE__, __LINE__);
    QList<QJsonObject> records;
    for (const QByteArray &line : m_output.split('\n')) {
        if (!line.isEmpty())
            records += QJsonDocument::fromJson(line).object();
    }
    return records;
}

QList<QJsonObject> Program::records(const QString &kindOrLayer)
{
    QList<QJsonObject> chosen;
    for (const QJsonObject &record : records()) {
        if (record[QStringLiteral("kind")] == kindOrLayer || record[QStringLiteral("layer")] == kindOrLayer)
            chosen += record;
    }
    return chosen;
}

QJsonObject Program::statistics()
{
    for (const QByteArray &line : errors().split('\n')) {
        if (line.startsWith('{'))
            return QJsonDocument::fromJson(line).object();
    }
    return {};
}

int run(const QStringList &arguments)
{
    return Program(arguments).exitCode();
}

DemoProgram::DemoProgram(const QStringList &arguments)
    : Program(QStringList{QStringLiteral("demo"), QStringLiteral("--port"), QStringLiteral("0"),
                          QStringLiteral("--tls-port"), QStringLiteral("0")} +
              arguments)
{
    if (waitForOutput("\n"))
        m_addresses = QJsonDocument::fromJson(output()).object();
}

QString DemoProgram::address(const QString &name, const QString &path) const
{
    return m_addresses[name].toString() + path;
}

quint16 refusedPort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

} // namespace pushscope::test
