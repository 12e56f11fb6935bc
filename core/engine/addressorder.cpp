#include "core/engine/addressorder.h"

#include <algorithm>

namespace pushscope {

QList<QHostAddress> interleaveFamilies(const QList<QHostAddress> &addresses)
{
    if (addresses.isEmpty())
        return {};
    const auto first = addresses.first().protocol();
    QList<QHostAddress> families[2];
    for (const QHostAddress &address : addresses) {
        QList<QHostAddress> &family = families[address.protocol() == first ? 0 : 1];
        if (!family.contains(address))
            family.append(address);
    }
    QList<QHostAddress> order;
    for (qsizetype i = 0; i < std::max(families[0].size(), families[1].size()); ++i) {
        for (const QList<QHostAddress> &family : families) {
            if (i < family.size())
                order.append(family[i]);
        }
    }
    return order;
}

} // namespace pushscope
