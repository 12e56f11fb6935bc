// A QWebSocket client that keeps every message: peer-qwebsocket PORT

#include <QCoreApplication>
#include <QStringList>
#include <QUrl>
#include <QWebSocket>

#include <cstdio>

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (argc != 2)
        return 2;
    QStringList messages;
    QWebSocket socket;
    QObject::connect(&socket, &QWebSocket::textMessageReceived, &application,
                     [&](const QString &message) { messages << message; });
    QObject::connect(&socket, &QWebSocket::disconnected, &application, &QCoreApplication::quit);
    socket.open(QUrl(QStringLiteral("ws://127.0.0.1:%1/ws").arg(QString::fromLatin1(argv[1]))));
    const int result = QCoreApplication::exec();
    std::printf("%lld\n", static_cast<long long>(messages.size()));
    return result;
}
