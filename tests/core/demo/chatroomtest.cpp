#include "core/demo/chatroom.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::demo;

class ChatRoomTest : public QObject
{
    Q_OBJECT

private:
    struct Ear : ChatMember
    {
        Bytes heard;
        ChatRooms *leaves = nullptr;
        void deliver(ByteView frame) override
        {
            heard += frame;
            if (leaves)
                leaves->leave("a", *this);
        }
    };

private Q_SLOTS:
    void reachesEveryoneInTheRoom()
    {
        ChatRooms rooms;
        Ear one;
        Ear two;
        Ear other;
        QVERIFY(rooms.join("a", one));
        QVERIFY(rooms.join("a", two));
        QVERIFY(rooms.join("b", other));
        rooms.broadcast("a", "hi");
        QCOMPARE(one.heard, Bytes("hi"));
        QCOMPARE(two.heard, Bytes("hi"));
        QCOMPARE(other.heard, Bytes());
        rooms.leave("a", one);
        rooms.leave("a", one);
        rooms.broadcast("a", "!");
        rooms.broadcast("nobody", "!");
        QCOMPARE(one.heard, Bytes("hi"));
        QCOMPARE(two.heard, Bytes("hi!"));
        QCOMPARE(rooms.members("a"), std::size_t(1));
    }

    void bearsLeavingWhileItSpeaks()
    {
        ChatRooms rooms;
        Ear slow;
        Ear other;
        slow.leaves = &rooms;
        QVERIFY(rooms.join("a", slow));
        QVERIFY(rooms.join("a", other));
        rooms.broadcast("a", "hi");
        QCOMPARE(other.heard, Bytes("hi"));
        QCOMPARE(rooms.members("a"), std::size_t(1));
    }

    void hasAnEndToItsRooms()
    {
        ChatRooms rooms;
        Ear ear;
        for (int i = 0; i < 1000; ++i)
            QVERIFY(rooms.join(std::to_string(i), ear));
        QVERIFY(!rooms.join("one more", ear));
        QVERIFY(rooms.join("999", ear));
    }
};

PUSHSCOPE_TEST(ChatRoomTest)
#include "chatroomtest.moc"
