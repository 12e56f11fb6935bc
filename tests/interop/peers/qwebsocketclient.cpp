// A QWebSocket client: qwebsocketclient URL [MESSAGE ...] sends the messages, prints each answer on a line and closes
// when it has them all; without messages it prints what comes until the server closes. The last line is the close code.

#include <QCoreApplication>
#include <QStringList>
#include <QUrl>
#include <QWebSocket>

#include <cstdio>

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QStringList messages = QCoreApplication::arguments().mid(2);
    qsizetype missing = messages.size();
    QWebSocket socket;
    QObject::connect(&socket, &QWebSocket::connected, &socket, [&] {
        for (const QString &message : messages)
            socket.sendTextMessage(message);
    });
    QObject::connect(&socket, &QWebSocket::textMessageReceived, &socket, [&](const QString &text) {
        std::printf("%s\n", text.toUtf8().constData());
        if (!messages.isEmpty() && --missing == 0)
            socket.close();
    });
    QObject::connect(&socket, &QWebSocket::disconnected, &application, [&] {
        std::printf("%d\n", int(socket.closeCode()));
        QCoreApplication::quit();
    });
    socket.open(QUrl(QString::fromLocal8Bit(argv[1])));
    return QCoreApplication::exec();
}
