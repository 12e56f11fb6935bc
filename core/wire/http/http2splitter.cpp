#include "core/wire/http/http2splitter.h"

#include "core/wire/http/http2fieldrules.h"
#include "core/wire/http/http2framerules.h"

#include <QtGlobal>

#include <algorithm>
#include <array>
#include <optional>

namespace pushscope {

namespace {

constexpr std::size_t headerSize = Http2FrameHeader::Size;

/// What of a field block is gathered over frames, as a multiple of the limit for what is in it: compressed it is
/// smaller, unless somebody floods with CONTINUATION.
constexpr std::uint64_t gatheredPerLimit = 4;

constexpr bool carriesFieldBlock(Http2FrameType type)
{
    return type == Http2FrameType::Headers || type == Http2FrameType::PushPromise ||
           type == Http2FrameType::Continuation;
}

} // namespace

struct Http2Splitter::Private
{
    enum class Stage : std::uint8_t {
        Preface,
        Header,
        PadLength, ///< of a DATA frame
        Usual,     ///< the payload of a DATA frame without padding and Findings
        Stream,    ///< a payload that is handed out as it comes, then padding
        Gather,    ///< a payload that is handed out whole
        Junk
    };
    enum class Opening : std::uint8_t {
        Doubtful, ///< no preface was there: the first header shows whether these are frames at all
        Settings, ///< SETTINGS must come first (RFC 9113 section 3.4)
        Over
    };
    /// A field block that CONTINUATION frames may go on with (RFC 9113 section 4.3).
    struct OpenBlock
    {
        bool isOpen = false;
        bool isLost = false;       ///< it can't be decoded, so nothing is gathered
        std::uint32_t stream = 0;  ///< that its frames stand on
        std::uint32_t subject = 0; ///< that it is for
        Http2BlockUse use;
    };

    Private(Sender from, std::uint64_t limit)
        : sender(from == Sender::Client ? Role::Client : Role::Server), headLimit(limit), hpack(limit),
          stage(from == Sender::Client ? Stage::Preface : Stage::Header)
    {
    }

    [[nodiscard]] std::size_t available() const { return static_cast<std::size_t>(end - at); }
    [[nodiscard]] std::uint64_t offset() const { return fed - available(); }
    [[nodiscard]] ByteView take(std::uint64_t count)
    {
        const ByteView bytes(at, std::min<std::uint64_t>(count, available()));
        at += bytes.size();
        return bytes;
    }

    bool next(Http2Fact &fact);
    bool beginUsual(Http2Fact &fact);
    bool nextOfUsual(Http2Fact &fact);
    bool nextUnusual(Http2Fact &fact);
    bool nextOfPreface(Http2Fact &fact);
    bool nextHeader(Http2Fact &fact);
    bool nextOfStream(Http2Fact &fact);
    bool nextOfGather(Http2Fact &fact);
    bool nextOfJunk(Http2Fact &fact);

    const char *takeHeader();
    bool startJunk(Http2Fact &fact, ByteView held, Finding why);
    void begin(Http2Fact &fact);
    void inspectHeader();
    void inspectOrder();
    bool takePadLength();
    bool cutFrame(Http2Fact &fact);
    void endStreamed(Http2Fact &fact);
    void endGathered(Http2Fact &fact, ByteView payload);
    void openBlock(std::uint32_t subject);
    void takeFragment(Http2Fact &fact, std::optional<ByteView> fragment, ByteRange where);
    void endBlock(Http2Fact &fact, ByteView fragment, ByteRange where);

    void tell(Http2Fact &fact, Http2Fact::Kind kind, ByteRange range) const
    {
        fact.kind = kind;
        fact.frame = frame;
        fact.range = range;
        fact.bytes = {};
        fact.payload = {};
        if (fact.block) [[unlikely]]
            forgetBlock(fact);
    }
    void tellEnd(Http2Fact &fact)
    {
        stage = Stage::Header;
        tell(fact, Http2Fact::Kind::End, {frameBegin, offset()});
    }
    static void forgetBlock(Http2Fact &fact);
    void find(Rule rule, ByteRange where, std::int64_t argument = 0);
    /// The header of the frame at hand, in what was sent.
    [[nodiscard]] ByteRange headerRange() const { return {frameBegin, frameBegin + headerSize}; }

    Role sender;
    std::uint64_t headLimit;
    std::uint32_t frameLimit = 16384; ///< SETTINGS_MAX_FRAME_SIZE's initial value
    HpackDecoder hpack;

    const char *at = nullptr; ///< what of the fed input is not handed out yet
    const char *end = nullptr;
    std::uint64_t fed = 0; ///< the direction's offset of `end`
    bool finished = false;

    Stage stage;
    Opening opening = Opening::Doubtful;
    bool http1 = false;
    bool isPaddingWrong = false; ///< of the DATA frame at hand
    std::uint8_t padLength = 0;  ///< the same
    std::uint8_t cutSize = 0;    ///< bytes of a header that was cut, or of the preface
    std::array<char, headerSize> cut{};
    ByteView held; ///< Junk: bytes from before the fed input

    Http2FrameHeader frame;
    std::uint64_t frameBegin = 0;
    std::uint32_t left = 0;    ///< of its payload, not taken yet
    std::uint32_t padding = 0; ///< at the payload's end
    Bytes gathered;            ///< of its payload, from inputs before this one

    OpenBlock block;
    Bytes fragments; ///< of the open block, from frames before this one
    std::vector<Finding> findings;
};

void Http2Splitter::Private::forgetBlock(Http2Fact &fact)
{
    fact.block.reset();
    fact.blockStream = 0;
}

void Http2Splitter::Private::find(Rule rule, ByteRange where, std::int64_t argument)
{
    findings.push_back({rule, where.begin, static_cast<std::uint32_t>(where.size()), argument});
}

bool Http2Splitter::Private::next(Http2Fact &fact)
{
    findings.clear();
    if (stage == Stage::Usual)
        return nextOfUsual(fact);
    if (stage == Stage::Header && beginUsual(fact)) [[likely]]
        return true;
    return nextUnusual(fact);
}

/// The frame that millions come of, at full speed: its header is here whole, and nothing about it needs a second look.
bool Http2Splitter::Private::beginUsual(Http2Fact &fact)
{
    if (cutSize != 0 || opening != Opening::Over || block.isOpen || available() < headerSize)
        return false;
    if (at[3] != static_cast<char>(Http2FrameType::Data))
        return false;
    frame = parseHttp2FrameHeader(ByteView(at, headerSize));
    if (frame.has(Http2Flag::Padded) || frame.stream == 0 || frame.reserved || frame.length > frameLimit)
        return false;
    left = frame.length;
    frameBegin = offset();
    at += headerSize;
    stage = Stage::Usual;
    tell(fact, Http2Fact::Kind::Begin, {frameBegin, frameBegin + headerSize + left});
    return true;
}

bool Http2Splitter::Private::nextOfUsual(Http2Fact &fact)
{
    if (left == 0) {
        tellEnd(fact);
        return true;
    }
    const std::uint64_t begin = offset();
    const ByteView bytes = take(left);
    if (bytes.empty())
        return cutFrame(fact);
    left -= static_cast<std::uint32_t>(bytes.size());
    tell(fact, Http2Fact::Kind::Data, {begin, begin + bytes.size()});
    fact.bytes = bytes;
    return true;
}

bool Http2Splitter::Private::nextUnusual(Http2Fact &fact)
{
    switch (stage) {
    case Stage::Header: return nextHeader(fact);
    case Stage::Usual: return nextOfUsual(fact);
    case Stage::Stream: return nextOfStream(fact);
    case Stage::PadLength: return takePadLength() ? nextOfStream(fact) : cutFrame(fact);
    case Stage::Gather: return nextOfGather(fact);
    case Stage::Preface: return nextOfPreface(fact);
    case Stage::Junk: return nextOfJunk(fact);
    }
    return false;
}

/// RFC 9113 section 3.4. What begins otherwise may be frames all the same; what leaves it half-way is none of it.
bool Http2Splitter::Private::nextOfPreface(Http2Fact &fact)
{
    const ByteView expected = Http2Preface.substr(cutSize);
    const ByteView input(at, available());
    const auto differs = std::mismatch(expected.begin(), expected.end(), input.begin(), input.end());
    const auto same = static_cast<std::size_t>(differs.first - expected.begin());
    const std::uint64_t matched = cutSize + same;
    if (same == expected.size()) {
        at += same;
        cutSize = 0;
        stage = Stage::Header;
        opening = Opening::Settings;
        tell(fact, Http2Fact::Kind::Preface, {0, Http2Preface.size()});
        return true;
    }
    if (same == input.size()) {
        at += same;
        cutSize = static_cast<std::uint8_t>(matched);
        if (!finished || matched == 0)
            return false;
        return startJunk(fact, Http2Preface.substr(0, matched), {Rule::Http2BadPreface, 0, cutSize});
    }
    if (matched == 0) {
        stage = Stage::Header;
        return nextHeader(fact);
    }
    return startJunk(fact, Http2Preface.substr(0, cutSize),
                     {Rule::Http2BadPreface, 0, static_cast<std::uint32_t>(matched + 1)});
}

/// The nine bytes of a header, nullptr when they are not here yet.
const char *Http2Splitter::Private::takeHeader()
{
    if (cutSize == 0) {
        frameBegin = offset();
        if (available() >= headerSize) [[likely]] {
            at += headerSize;
            return at - headerSize;
        }
    }
    const ByteView more = take(headerSize - cutSize);
    std::copy(more.begin(), more.end(), cut.begin() + cutSize);
    cutSize = static_cast<std::uint8_t>(cutSize + more.size());
    return cutSize == headerSize ? cut.data() : nullptr;
}

bool Http2Splitter::Private::nextHeader(Http2Fact &fact)
{
    const char *const bytes = takeHeader();
    const ByteView known = bytes == nullptr ? ByteView(cut.data(), cutSize) : ByteView(bytes, headerSize);
    if (bytes != nullptr)
        frame = parseHttp2FrameHeader(known);
    if (opening == Opening::Doubtful) [[unlikely]] {
        const bool isFrame = bytes != nullptr && !word(frame.type).empty() && frame.length <= frameLimit;
        if (!isFrame && (bytes != nullptr || (finished && cutSize > 0))) {
            http1 = sender == Role::Server && known.starts_with("HTTP/1.");
            if (cutSize == 0) // it is in the fed input: handed out from there
                at -= headerSize;
            return startJunk(fact, ByteView(cut.data(), cutSize),
                             {Rule::Http2BadPreface, 0, static_cast<std::uint32_t>(known.size())});
        }
    }
    if (bytes == nullptr) {
        if (!finished || cutSize == 0)
            return false;
        return startJunk(fact, known,
                         {Rule::Http2FrameCut, frameBegin, cutSize, static_cast<int>(headerSize) - cutSize});
    }
    cutSize = 0;
    begin(fact);
    return true;
}

/// From here on everything is Junk, `held` before the rest of the input.
bool Http2Splitter::Private::startJunk(Http2Fact &fact, ByteView bytes, Finding why)
{
    stage = Stage::Junk;
    held = bytes;
    cutSize = 0;
    findings.push_back(why);
    return nextOfJunk(fact);
}

bool Http2Splitter::Private::nextOfJunk(Http2Fact &fact)
{
    const std::uint64_t begin = offset() - held.size();
    const ByteView bytes = held.empty() ? take(available()) : held;
    if (bytes.empty())
        return false;
    held = {};
    tell(fact, Http2Fact::Kind::Junk, {begin, begin + bytes.size()});
    fact.bytes = bytes;
    return true;
}

/// `frame` is the frame's header.
void Http2Splitter::Private::begin(Http2Fact &fact)
{
    left = frame.length;
    padding = 0;
    stage = Stage::Stream;
    inspectHeader();
    tell(fact, Http2Fact::Kind::Begin, {frameBegin, frameBegin + headerSize + frame.length});
}

void Http2Splitter::Private::inspectHeader()
{
    const bool isSettings = frame.type == Http2FrameType::Settings && !frame.has(Http2Flag::Ack);
    const bool lacksPreface = opening == Opening::Doubtful && sender == Role::Client;
    if (lacksPreface || (opening != Opening::Over && !isSettings))
        find(Rule::Http2BadPreface, headerRange());
    opening = Opening::Over;

    const bool isTooLarge = frame.length > frameLimit;
    if (isTooLarge)
        find(Rule::Http2FrameTooLarge, {frameBegin, frameBegin + 3}, frameLimit);
    inspectHttp2Header(frame, sender, frameBegin, findings);
    inspectOrder();

    if (frame.type == Http2FrameType::Data) {
        if (frame.has(Http2Flag::Padded) && left > 0)
            stage = Stage::PadLength;
    } else if (!isTooLarge && !word(frame.type).empty()) {
        stage = Stage::Gather;
        gathered.clear();
    }
}

/// RFC 9113 section 6.10: nothing stands between the frames of a field block.
void Http2Splitter::Private::inspectOrder()
{
    const bool isContinuation = frame.type == Http2FrameType::Continuation;
    if (block.isOpen && !(isContinuation && frame.stream == block.stream)) {
        find(Rule::Http2ContinuationMissing, headerRange());
        hpack.giveUp("an earlier field block was interrupted");
        block = {};
        fragments = {};
    } else if (!block.isOpen && isContinuation) {
        find(Rule::Http2ContinuationUnexpected, headerRange());
        hpack.giveUp("an earlier CONTINUATION continued nothing");
    }
}

bool Http2Splitter::Private::takePadLength()
{
    const ByteView byte = take(1);
    if (byte.empty())
        return false;
    padLength = static_cast<std::uint8_t>(byte[0]);
    isPaddingWrong = isPaddingTooLong(frame, padLength);
    --left;
    padding = std::min<std::uint32_t>(padLength, left);
    stage = Stage::Stream;
    return true;
}

bool Http2Splitter::Private::nextOfStream(Http2Fact &fact)
{
    if (left > padding) {
        const std::uint64_t begin = offset();
        const ByteView bytes = take(left - padding);
        if (bytes.empty())
            return cutFrame(fact);
        left -= static_cast<std::uint32_t>(bytes.size());
        tell(fact, Http2Fact::Kind::Data, {begin, begin + bytes.size()});
        fact.bytes = bytes;
        return true;
    }
    left -= static_cast<std::uint32_t>(take(left).size());
    if (left > 0)
        return cutFrame(fact);
    endStreamed(fact);
    return true;
}

bool Http2Splitter::Private::nextOfGather(Http2Fact &fact)
{
    ByteView payload = take(left);
    left -= static_cast<std::uint32_t>(payload.size());
    if (left > 0 || !gathered.empty()) {
        gathered += payload;
        payload = gathered;
    }
    if (left > 0)
        return cutFrame(fact);
    endGathered(fact, payload);
    return true;
}

/// The end of the frame that the direction's end cut; false when it goes on.
bool Http2Splitter::Private::cutFrame(Http2Fact &fact)
{
    if (!finished)
        return false;
    const bool isGathered = stage == Stage::Gather;
    find(Rule::Http2FrameCut, {frameBegin, fed}, left);
    left = 0;
    tellEnd(fact);
    if (isGathered)
        fact.payload = gathered;
    return true;
}

void Http2Splitter::Private::endStreamed(Http2Fact &fact)
{
    tellEnd(fact);
    if (isPaddingWrong) {
        isPaddingWrong = false;
        findings.push_back(paddingTooLong(frameBegin, padLength));
    }
    if (carriesFieldBlock(frame.type)) {
        openBlock(frame.type == Http2FrameType::Headers ? frame.stream : 0);
        takeFragment(fact, std::nullopt, headerRange());
    }
}

void Http2Splitter::Private::endGathered(Http2Fact &fact, ByteView payload)
{
    tellEnd(fact);
    fact.payload = payload;
    const Http2Payload fields = parseHttp2Payload(frame, payload);
    inspectHttp2Payload(frame, fields, sender, frameBegin, findings);
    if (!carriesFieldBlock(frame.type))
        return;
    openBlock(frame.type == Http2FrameType::PushPromise ? fields.promisedStream.value_or(0) : frame.stream);
    const std::uint64_t base = frameBegin + headerSize;
    const ByteRange where{base + fields.content.begin, base + fields.content.end};
    if (fields.padLength && isPaddingTooLong(frame, *fields.padLength))
        takeFragment(fact, std::nullopt, where);
    else
        takeFragment(fact, payload.substr(fields.content.begin, fields.content.size()), where);
}

/// HEADERS and PUSH_PROMISE begin a field block; `subject` is the stream that it is for.
void Http2Splitter::Private::openBlock(std::uint32_t subject)
{
    if (frame.type == Http2FrameType::Continuation)
        return;
    block.isOpen = true;
    block.stream = frame.stream;
    block.subject = subject;
    block.use = {.sender = sender,
                 .isPromise = frame.type == Http2FrameType::PushPromise,
                 .endsStream = frame.type == Http2FrameType::Headers && frame.has(Http2Flag::EndStream)};
}

/// A frame's part of a field block, nullopt when it could not be read; `where` it stands in what was sent.
void Http2Splitter::Private::takeFragment(Http2Fact &fact, std::optional<ByteView> fragment, ByteRange where)
{
    if (!block.isOpen)
        return;
    if (!block.isLost && !fragment) {
        block.isLost = true;
        hpack.giveUp("a frame of a field block could not be read");
    } else if (!block.isLost && fragments.size() + fragment->size() > gatheredPerLimit * headLimit) {
        block.isLost = true;
        find(Rule::Http2FieldSectionTooLarge, where, static_cast<std::int64_t>(headLimit));
        hpack.giveUp("a field block was too large to be gathered");
    }
    if (block.isLost)
        fragments = {};
    if (frame.has(Http2Flag::EndHeaders))
        endBlock(fact, block.isLost ? ByteView() : *fragment, where);
    else if (!block.isLost)
        fragments += *fragment;
}

void Http2Splitter::Private::endBlock(Http2Fact &fact, ByteView fragment, ByteRange where)
{
    const bool isInOneFrame = fragments.empty();
    if (!isInOneFrame)
        fragments += fragment;
    auto decoded = std::make_shared<const HpackBlock>(hpack.decode(isInOneFrame ? fragment : ByteView(fragments)));
    if (!decoded->error.empty())
        find(Rule::Http2Hpack, where);
    if (decoded->leftOut > 0)
        find(Rule::Http2FieldSectionTooLarge, where, static_cast<std::int64_t>(headLimit));
    if (const auto bad = malformedPart(*decoded, block.use)) {
        const bool isPlaceKnown = isInOneFrame && !bad->isEmpty();
        find(Rule::Http2BadField, isPlaceKnown ? ByteRange{where.begin + bad->begin, where.begin + bad->end} : where);
    }
    fact.block = std::move(decoded);
    fact.blockStream = block.subject;
    block = {};
    fragments = {};
}

Http2Splitter::Http2Splitter(Sender sender, std::uint64_t headLimit) : d(std::make_unique<Private>(sender, headLimit))
{
}

Http2Splitter::~Http2Splitter() = default;

void Http2Splitter::allowFrameSize(std::uint32_t bytes)
{
    d->frameLimit = bytes;
}

void Http2Splitter::allowTableSize(std::uint32_t bytes)
{
    d->hpack.allowTableSize(bytes);
}

void Http2Splitter::feed(ByteView input)
{
    Q_ASSERT_X(d->at == d->end, "Http2Splitter::feed", "the input before is not used up");
    Q_ASSERT_X(!d->finished, "Http2Splitter::feed", "the direction has ended");
    d->at = input.data();
    d->end = d->at + input.size();
    d->fed += input.size();
}

void Http2Splitter::finish()
{
    d->finished = true;
}

bool Http2Splitter::next(Http2Fact &fact)
{
    return d->next(fact);
}

std::span<const Finding> Http2Splitter::findings() const
{
    return d->findings;
}

std::uint64_t Http2Splitter::pendingBytes() const
{
    switch (d->stage) {
    case Private::Stage::Preface:
    case Private::Stage::Header: return d->cutSize;
    case Private::Stage::PadLength:
    case Private::Stage::Usual:
    case Private::Stage::Stream:
    case Private::Stage::Gather: return d->offset() - d->frameBegin;
    case Private::Stage::Junk: break;
    }
    return 0;
}

bool Http2Splitter::looksLikeHttp1() const
{
    return d->http1;
}

} // namespace pushscope
