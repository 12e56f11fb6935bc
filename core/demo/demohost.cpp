#include "core/demo/demohost.h"

#include "core/demo/democonnection.h"

#include <utility>

namespace pushscope::demo {

namespace {

constexpr std::uint32_t kMaximumConnections = 2000;
constexpr std::uint32_t kMaximumRefusals = 100; ///< that are told why at the same time

std::string bracketed(const QHostAddress &address)
{
    const std::string text = address.toString().toStdString();
    return address.protocol() == QAbstractSocket::IPv6Protocol ? "[" + text + "]" : text;
}

} // namespace

DemoHost::DemoHost(const DemoOptions &options, DemoCounters &counters)
    : m_options(options), m_counters(counters), m_listener([this](qintptr descriptor) { accept(descriptor, false); }),
      m_tlsListener([this](qintptr descriptor) { accept(descriptor, true); }),
      m_connections(std::make_unique<QObject>())
{
    m_counters.connections = 0;
    m_counters.streams = 0;
    m_counters.eventsSent = 0;
}

DemoHost::~DemoHost()
{
    m_connections.reset(); // before what they share
    m_counters.connections = 0;
    m_counters.streams = 0;
}

Expected<DemoAddresses, Error> DemoHost::start()
{
    if (m_options.bindAddress.empty() || m_options.bindAddress == "localhost")
        m_addresses = {QHostAddress(QHostAddress::LocalHost), QHostAddress(QHostAddress::LocalHostIPv6)};
    else
        m_addresses = {QHostAddress(QString::fromStdString(m_options.bindAddress))};
    if (m_addresses.front().isNull())
        return Error{ErrorCode::UsageInvalid, m_options.bindAddress + " is no IP address to listen on"};

    const auto certificates = demoCertificates(m_options);
    if (!certificates)
        return certificates.error();
    TlsConfig tls;
    tls.role = Role::Server;
    tls.alpn = {"h2", "http/1.1"};
    tls.certificateChain = certificates->chain;
    tls.privateKey = certificates->privateKey;
    const auto context = TlsContext::create(std::move(tls));
    if (!context)
        return context.error();
    const auto port = listen(m_listener, m_options.port);
    if (!port)
        return port.error();
    const auto tlsPort = listen(m_tlsListener, m_options.tlsPort);
    if (!tlsPort)
        return tlsPort.error();

    RequestGuard::Names names{
        {"localhost", "127.0.0.1", "[::1]", bracketed(m_addresses.front())}, *port, *tlsPort, m_options.allowedOrigins};
    // FeedHub can't be moved: it is made in its place. NOLINTNEXTLINE(modernize-make-unique)
    m_context.reset(new DemoContext{m_clock,
                                    m_counters,
                                    RequestGuard(std::move(names)),
                                    *context,
                                    FeedHub(m_clock),
                                    {},
                                    {},
                                    m_options.seed,
                                    m_reference.port(),
                                    m_reference.origin()});
    return describe(*certificates, *port, *tlsPort);
}

Expected<std::uint16_t, Error> DemoHost::listen(DemoListener &listener, std::uint16_t port) const
{
    auto listening = listener.listen(m_addresses, port);
    if (!listening && listening.error().code == ErrorCode::PortInUse && m_options.fallBackToFreePort)
        listening = listener.listen(m_addresses, 0);
    return listening;
}

DemoAddresses DemoHost::describe(const DemoCertificates &certificates, std::uint16_t port, std::uint16_t tlsPort) const
{
    const QHostAddress &first = m_addresses.front();
    const bool isAny = first == QHostAddress::Any || first == QHostAddress::AnyIPv4 || first == QHostAddress::AnyIPv6;
    const bool isLocalhost = first == QHostAddress::LocalHost || first == QHostAddress::LocalHostIPv6;
    // Nobody can connect to "any address".
    const QHostAddress reached(first == QHostAddress::AnyIPv6 ? QHostAddress::LocalHostIPv6 : QHostAddress::LocalHost);
    const std::string host = bracketed(isAny ? reached : first) + ":" + std::to_string(port);
    // The certificate made here names localhost; one that the user brought names what it names.
    const std::string secureHost =
        (isAny || isLocalhost ? "localhost" : bracketed(first)) + ":" + std::to_string(tlsPort);
    return {"http://" + host,      "https://" + secureHost, "ws://" + host,
            "wss://" + secureHost, certificates.caFile,     certificates.authority};
}

void DemoHost::accept(qintptr descriptor, bool isSecure)
{
    const std::uint32_t present = m_counters.connections;
    std::unique_ptr<TlsChannel> tls = isSecure ? TlsChannel::create(m_context->tls) : nullptr;
    if ((isSecure && (!tls || present >= kMaximumConnections)) || present >= kMaximumConnections + kMaximumRefusals) {
        const DemoSocket closedAtOnce(descriptor, nullptr, nullptr);
        return;
    }
    auto *connection = new DemoConnection(descriptor, std::move(tls), *m_context, m_connections.get());
    ++m_counters.connections;
    connect(connection, &DemoConnection::closed, this, [this, connection] {
        --m_counters.connections;
        connection->deleteLater();
    });
    if (present >= kMaximumConnections)
        connection->refuse();
}

} // namespace pushscope::demo
