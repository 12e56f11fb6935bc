#pragma once

#include "tests/ui/support/livecapture.h"

#include <QTest>

namespace pushscope::test {

/// For initTestCase_data(): each test of the class runs twice, the second time with a feed arriving beside it.
inline void addFeedRows()
{
    QTest::addColumn<bool>("feed");
    QTest::newRow("quiet") << false;
    QTest::newRow("with 50,000 events a second") << true;
}

/// For init().
inline void startFeedIfAsked(LiveCapture &live)
{
    QFETCH_GLOBAL(bool, feed);
    if (feed)
        live.startFeed();
}

} // namespace pushscope::test
