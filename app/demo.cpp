#include "app/demo.h"

#include "app/datafolder.h"
#include "app/exitcode.h"
#include "app/options/commandline.h"
#include "app/record/recordoutput.h"
#include "app/standarderror.h"
#include "app/terminationsignals.h"
#include "core/demo/demoserver.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <initializer_list>
#include <string>
#include <utility>

namespace pushscope {

namespace {
/// A JSON string with its quotes.
std::string quoted(const std::string &text)
{
    const QByteArray list = QJsonDocument(QJsonArray{QString::fromStdString(text)}).toJson(QJsonDocument::Compact);
    return list.mid(1, list.size() - 2).toStdString();
}

std::string jsonOf(const DemoAddresses &addresses)
{
    std::string line;
    for (const auto &[name, value] :
         std::initializer_list<std::pair<const char *, const std::string &>>{{"http", addresses.http},
                                                                             {"https", addresses.https},
                                                                             {"ws", addresses.ws},
                                                                             {"wss", addresses.wss},
                                                                             {"ca", addresses.caFile}})
        line += (line.empty() ? "{" : ",") + quoted(name) + ":" + quoted(value);
    return line + "}\n";
}

/// Says it on standard output. A server whose addresses nobody learns is of no use, so an Error is the end.
Expected<void, Error> announce(const DemoAddresses &addresses)
{
    auto output = RecordOutput::open(RecordOptions{});
    if (!output)
        return output.error();
    return output->write(jsonOf(addresses));
}

int refuse(const Error &error)
{
    tell(error);
    return number(ExitCode::SystemRefused);
}
} // namespace

int runDemo(DemoOptions options)
{
    TerminationSignals signals;
    QObject::connect(&signals, &TerminationSignals::received, qApp,
                     [](int signal) { QCoreApplication::exit(afterSignal(signal)); });

    // Without a folder the certificates are made anew and kept in memory.
    if (const auto folder = dataFolder())
        options.dataFolder = folder->string();
    DemoServer server;
    const auto addresses = server.start(options);
    if (!addresses)
        return refuse(addresses.error());
    if (const auto announced = announce(*addresses); !announced)
        return refuse(announced.error());
    return QCoreApplication::exec();
}

} // namespace pushscope
