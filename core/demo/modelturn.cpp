#include "core/demo/modelturn.h"

#include "core/base/jsonvalue.h"

#include <array>
#include <random>

namespace pushscope::demo {

namespace {

constexpr std::array<std::string_view, 24> Words = {
    "streams",  "arrive", "in",    "small", "pieces", "and",         "each",         "piece",
    "is",       "an",     "event", "while", "the",    "reader",      "puts",         "them",
    "together", "again",  "word",  "by",    "word",   "caf\xC3\xA9", "\xE2\x86\x92", "quietly"};
constexpr std::size_t LongestModel = 64;

std::vector<std::string> speak(std::uint64_t count, std::mt19937_64 &random)
{
    constexpr std::uint64_t sentence = 12;
    std::vector<std::string> tokens;
    for (std::uint64_t i = 0; i < count; ++i) {
        std::string token(Words[random() % Words.size()]);
        const bool ends = i % sentence == sentence - 1 || i + 1 == count;
        token += !ends ? " " : i % (4 * sentence) == 4 * sentence - 1 ? ".\n\n" : ". ";
        tokens.push_back(std::move(token));
    }
    return tokens;
}

} // namespace

const std::vector<ParameterSpec> &modelParameters()
{
    static const std::vector<ParameterSpec> specs = {
        ParameterSpec::number("tps", 40, 1, 10'000, "tokens a second"),
        ParameterSpec::number("tokens", 120, 0, 5'000, "of the answer's text"),
        ParameterSpec::number("reasoning", 24, 0, 5'000, "tokens that are thought before"),
        ParameterSpec::number("tool", 0, 0, 1, "1: it calls a tool at the end"),
        ParameterSpec::number("fail", 0, 0, 5'000, "an error comes in the stream behind so many tokens of text"),
        ParameterSpec::number("burst", 1, 1, 500, "tokens that are held back and sent in one write"),
        ParameterSpec::number("seed", 1, 0, 1'000'000, "another number, another text"),
    };
    return specs;
}

ModelTurn modelTurn(const Parameters &parameters, std::string_view body)
{
    std::mt19937_64 random(parameters.number("seed"));
    ModelTurn turn;
    const auto document = JsonDocument::parse(Bytes(body));
    turn.model = document ? JsonValue(*document)["model"].text().substr(0, LongestModel) : std::string();
    if (turn.model.empty())
        turn.model = "demo-model";
    turn.promptTokens = 1 + body.size() / 4;
    turn.reasoning = speak(parameters.number("reasoning"), random);
    turn.text = speak(parameters.number("tokens"), random);
    const std::uint64_t fail = parameters.number("fail");
    turn.breaksOff = fail > 0 && fail <= turn.text.size();
    if (turn.breaksOff)
        turn.text.resize(fail);
    else if (parameters.number("tool") == 1)
        turn.arguments = {"{\"city\":", " \"Be", "rn\",", " \"days\":", " 3}"};
    return turn;
}

} // namespace pushscope::demo
