#include "core/insight/assemblyrecipe.h"

#include "core/insight/assembler.h"

#include <utility>

namespace pushscope {

namespace {

std::string textOf(const JsonDocument &document, std::uint32_t node)
{
    const JsonValue value(document, node);
    return value.isString() ? value.text() : value.isWord("null") ? std::string() : std::string(value.spelled());
}

class RecipeShape : public DeltaShape
{
public:
    explicit RecipeShape(AssemblyRecipe recipe) : m_recipe(std::move(recipe)) {}

    bool take(const DeltaEvent &event, Assembler &assembler) override
    {
        if (!m_recipe.eventType.empty() && event.type != m_recipe.eventType)
            return false;
        assembler.continueResponse({});
        if (m_recipe.reasoning)
            assembler.append(SpanKind::Reasoning, 0, 0, m_recipe.reasoning->read(event));
        if (m_recipe.text)
            assembler.append(SpanKind::Text, 0, 0, m_recipe.text->read(event));
        return true;
    }

private:
    AssemblyRecipe m_recipe;
};

} // namespace

Expected<TextPlace, PlacedError> TextPlace::parse(ByteView text)
{
    if (text.empty())
        return TextPlace(std::monostate());
    if (text[0] == '$') {
        auto path = JsonPath::parse(text);
        if (!path)
            return path.error();
        return TextPlace(std::move(*path));
    }
    if (text[0] != '/')
        return PlacedError{0, "a JSON pointer begins with /, a JSONPath with $"};
    auto pointer = JsonPointer::parse(text);
    if (!pointer)
        return pointer.error();
    return TextPlace(std::move(*pointer));
}

std::string TextPlace::read(const DeltaEvent &event) const
{
    if (std::holds_alternative<std::monostate>(m_place))
        return std::string(event.data);
    const JsonDocument *document = event.json.document();
    if (!document)
        return {};
    if (const auto *pointer = std::get_if<JsonPointer>(&m_place)) {
        const auto node = pointer->find(*document);
        return node ? textOf(*document, *node) : std::string();
    }
    std::string all;
    for (const std::uint32_t node : std::get<JsonPath>(m_place).select(*document).nodes) {
        if (all.size() > document->textOf(document->node(0)).size())
            break; // a path that selects the same again and again
        all += textOf(*document, node);
    }
    return all;
}

std::unique_ptr<DeltaShape> makeRecipeShape(AssemblyRecipe recipe)
{
    return std::make_unique<RecipeShape>(std::move(recipe));
}

} // namespace pushscope
