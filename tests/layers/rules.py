"""Who may include whom, and what never stands where: the tables of the house, for check.py."""

# What holds only values of wire/: the folders above may look at these, not at the codecs.
WIRE_VALUES = (
    "core/wire/role.h",
    "core/wire/http/headers.h",
    "core/wire/http/httphead.h",
    "core/wire/ws/wsframe.h",
)

# Libraries of the system, by the beginning of what is included.
OPENSSL = ("openssl/",)
WIRE_LIBRARIES = OPENSSL + ("nghttp2/", "zlib.h", "brotli/", "zstd.h")
JSON = ("rapidjson/",)
SQLITE = ("sqlite3.h",)
QT_NETWORK = ("QAbstractSocket", "QHostAddress", "QHostInfo", "QLocalS", "QNetwork", "QSsl", "QTcp", "QUdp", "QtNetwork")
QT_WEBSOCKETS = ("QWebSocket", "QtWebSockets")
QT_GUI = (
    "QAbstractItemView", "QAbstractScrollArea", "QAction", "QApplication", "QBoxLayout", "QBrush", "QClipboard", "QColor", "QCombo",
    "QDialog", "QFont", "QGrid", "QGui", "QHBox", "QHeaderView", "QIcon", "QImage", "QKey", "QLabel", "QLayout", "QLineEdit", "QMainWindow",
    "QMenu", "QMessageBox", "QMouse", "QPaint", "QPalette", "QPen", "QPixmap", "QPlainTextEdit", "QPush", "QScroll", "QSplitter", "QStyle",
    "QTabWidget", "QTable", "QTextEdit", "QToolB", "QToolT", "QTree", "QVBox", "QWidget", "QWindow", "QtGui", "QtWidgets",
)
QT_DEVICES_AND_TIME = (
    "QBasicTimer", "QBuffer", "QCoreApplication", "QDateTime", "QDeadlineTimer", "QElapsedTimer", "QFile", "QIODevice", "QObject",
    "QSettings", "QSocketNotifier", "QThread", "QTimer",
)
SOCKETS = ("sys/socket.h", "netinet/", "arpa/inet.h")


class Folder:
    """A row of the table. Own folders and libraries are given by the beginning of what is included; the longest row path wins."""

    def __init__(self, path, own, forbidden, forbidden_words, in_sources=()):
        self.path = path
        self.own = own                          # the project's headers that it may include
        self.forbidden = forbidden              # libraries that it may not include anywhere
        self.forbidden_words = forbidden_words  # regular expressions that its code never matches
        self.in_sources = in_sources            # libraries that only its .cpp files may include


TRANSLATION = r"\b(QObject::)?tr\("
WINDOWS = QT_GUI + WIRE_LIBRARIES

TABLE = (
    Folder("core/base", ("core/base/",),
           QT_GUI + QT_NETWORK + QT_WEBSOCKETS + WIRE_LIBRARIES + SQLITE + SOCKETS + ("QObject", "QTimer", "QSettings"),
           (r"\bQ_OBJECT\b", TRANSLATION), JSON),
    Folder("core/wire", ("core/base/", "core/wire/"),
           QT_GUI + QT_NETWORK + QT_WEBSOCKETS + SQLITE + SOCKETS + QT_DEVICES_AND_TIME + ("chrono", "core/base/clock.h"),
           (r"\bQ_OBJECT\b", TRANSLATION, r"\b(steady|system|high_resolution)_clock\b", r"\bclock_gettime\b", r"\btime\((nullptr|NULL|0)\)"),
           WIRE_LIBRARIES),
    Folder("core/capture", ("core/base/", "core/capture/") + WIRE_VALUES,
           QT_GUI + QT_NETWORK + QT_WEBSOCKETS + WIRE_LIBRARIES + SOCKETS, (TRANSLATION,), SQLITE),
    Folder("core/capture/details", ("core/base/", "core/capture/", "core/wire/"),
           QT_GUI + QT_NETWORK + QT_WEBSOCKETS + WIRE_LIBRARIES + SOCKETS, (TRANSLATION,)),
    Folder("core/capture/files", ("core/base/", "core/capture/", "core/wire/"),
           QT_GUI + QT_NETWORK + QT_WEBSOCKETS + WIRE_LIBRARIES + SOCKETS, (TRANSLATION,), SQLITE),
    Folder("core/insight", ("core/base/", "core/capture/", "core/insight/"),
           QT_GUI + QT_NETWORK + QT_WEBSOCKETS + WIRE_LIBRARIES + SQLITE + SOCKETS + JSON, (r"\bQ_OBJECT\b", TRANSLATION)),
    Folder("core/checkup", ("core/base/", "core/capture/", "core/checkup/"),
           QT_GUI + QT_NETWORK + QT_WEBSOCKETS + WIRE_LIBRARIES + SOCKETS, ()),
    Folder("core/engine", ("core/base/", "core/wire/", "core/capture/", "core/engine/"),
           QT_GUI + QT_WEBSOCKETS + WIRE_LIBRARIES + SQLITE, (TRANSLATION,)),
    Folder("core/demo", ("core/base/", "core/wire/", "core/demo/"), QT_GUI + SQLITE, (TRANSLATION,), WIRE_LIBRARIES),
    Folder("ui", ("core/base/", "core/capture/", "core/insight/", "core/checkup/", "core/engine/engine.h", "core/engine/intent.h", "core/demo/demoserver.h",
                  "ui/") + WIRE_VALUES,
           QT_NETWORK + QT_WEBSOCKETS + WIRE_LIBRARIES + SQLITE + SOCKETS, ()),
    Folder("app", ("core/", "ui/", "app/"), QT_WEBSOCKETS + WIRE_LIBRARIES + SQLITE, ()),
    Folder("packaging", ("app/options/",), QT_GUI + QT_NETWORK + QT_WEBSOCKETS + WIRE_LIBRARIES + SQLITE, ()),
    Folder("tests", ("core/", "ui/", "app/", "tests/"), (), ()),
)

# Sockets and what is left of POSIX for them stand in two files.
SOCKET_FILES = ("core/engine/tcptransport", "core/engine/nativesocket")

# Words that stand nowhere in the project's code.
NOWHERE = (
    (r"\bdelete\s+[^;=]", "naked delete"),
    (r"\bprocessEvents\b", "processEvents: the event loop is entered once"),
    (r"\b(QThread::(m|u)?sleep|QTest::qSleep|QTest::qWait\(|usleep|sleep_for|nanosleep|(?<!\w)sleep\()", "a sleep: wait for what is to happen"),
    (r"\b(qrand|rand)\(\)", "rand(): QRandomGenerator or std::mt19937"),
)

# Ways in which a text of the network's would be read as HTML, in ui/ (plainlabel.* is where labels are made).
RICH_TEXT = (
    (r"\bnew QLabel\b|\bQLabel\s+m?_?\w+\s*[;({]|make_unique<QLabel>", "a QLabel guesses the format of its text: make it with ui/text/plainlabel.h"),
    (r"\bQTextEdit\b|\bQTextBrowser\b", "reads rich text: QPlainTextEdit"),
    (r"\b(setHtml|insertHtml|appendHtml|setMarkdown)\b", "rich text"),
    (r"Qt::(RichText|AutoText|MarkdownText)", "rich text"),
    (r"\bsetToolTip\((?!tr\(|QString\(\)|plainToolTip\()", "a tool tip guesses the format of its text: tr(\"...\") or plainToolTip(...) of ui/text/plainlabel.h"),
)
PLAIN_TEXT_FILES = ("ui/text/plainlabel.h", "ui/text/plainlabel.cpp")
