#pragma once

#include <QLayout>

#include <memory>
#include <vector>

namespace pushscope {

/// Places widgets beside each other and goes on in a further row where the width is used up. Those that expand share
/// what is left of their row.
class FlowLayout : public QLayout
{
    Q_OBJECT
public:
    using QLayout::QLayout;
    ~FlowLayout() override;

    void addItem(QLayoutItem *item) override;
    [[nodiscard]] int count() const override { return int(m_items.size()); }
    [[nodiscard]] QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;
    [[nodiscard]] Qt::Orientations expandingDirections() const override { return {}; }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    /// All in one row.
    [[nodiscard]] QSize sizeHint() const override;
    /// The widest by itself.
    [[nodiscard]] QSize minimumSize() const override;
    void setGeometry(const QRect &rect) override;

private:
    /// Of what is shown as much as goes into one row.
    struct Row
    {
        std::vector<QLayoutItem *> items;
        int width = 0, height = 0;
    };
    [[nodiscard]] std::vector<Row> rowsIn(int width) const;
    void place(const Row &row, const QRect &line) const;

    std::vector<std::unique_ptr<QLayoutItem>> m_items;
};

} // namespace pushscope
