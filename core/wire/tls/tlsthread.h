#pragma once

namespace pushscope {

/// Gives back what OpenSSL keeps for the calling thread. A thread that used TLS says so as its last word: OpenSSL's own
/// clean-up runs behind QThread::wait(), and a process that ends at that moment leaks, or worse.
void releaseTlsThread();

} // namespace pushscope
