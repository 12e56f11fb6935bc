#pragma once

#include <QHostAddress>
#include <QList>

namespace pushscope {

/// The order in which to try a host's addresses (RFC 8305 section 4): the resolver's, with the families taking turns,
/// so that a broken family costs one delay and not one for each of its addresses. Duplicates are left out.
[[nodiscard]] QList<QHostAddress> interleaveFamilies(const QList<QHostAddress> &addresses);

} // namespace pushscope
