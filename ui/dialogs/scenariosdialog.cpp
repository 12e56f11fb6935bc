#include "ui/dialogs/scenariosdialog.h"

#include "ui/scrolling.h"
#include "ui/text/plainlabel.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace pushscope {

namespace {

constexpr int PlaceRole = Qt::UserRole;

PlainLabel *makeText(QWidget *parent, const char *name, const char *role)
{
    auto *label = new PlainLabel(QString(), parent, role);
    label->setObjectName(QString::fromLatin1(name));
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

ScenariosDialog::ScenariosDialog(QWidget *parent)
    : QDialog(parent), m_list(new QListWidget(this)), m_title(makeText(this, "scenarioTitle", nullptr)),
      m_watch(makeText(this, "scenarioWatch", nullptr)), m_paths(makeText(this, "scenarioPaths", nullptr)),
      m_parameters(new QWidget(this)), m_open(new QPushButton(words("Open"), this))
{
    setObjectName(QStringLiteral("scenariosDialog"));
    setWindowTitle(words("Scenarios of the demo server"));
    resize(900, 580);
    auto *find = new QLineEdit(this);
    find->setObjectName(QStringLiteral("scenarioFind"));
    find->setPlaceholderText(words("Find a scenario"));
    find->setClearButtonEnabled(true);
    m_list->setObjectName(QStringLiteral("scenarioList"));
    m_list->setAccessibleName(words("Scenarios"));
    m_title->setFont(scaled(font(), 3, true));
    m_paths->setFont(monospace(this));
    m_open->setObjectName(QStringLiteral("scenarioOpen"));
    m_open->setProperty("primary", true);
    m_open->setAutoDefault(false); // Return in the list opens already
    auto *left = new QVBoxLayout;
    left->addWidget(find);
    left->addWidget(m_list, 1);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_open);
    buttons->addStretch();
    // A feed may have more parameters than there is room for.
    auto *said = new QWidget(this);
    auto *right = new QVBoxLayout(said);
    right->setContentsMargins(0, 0, 8, 0);
    right->setSpacing(12);
    right->addWidget(m_title);
    right->addWidget(m_watch);
    right->addLayout(buttons);
    right->addWidget(m_paths);
    right->addWidget(m_parameters);
    right->addStretch();
    auto *page = new QHBoxLayout(this);
    page->setContentsMargins(16, 16, 20, 16);
    page->setSpacing(20);
    page->addLayout(left, 2);
    page->addWidget(scrolling(said, this), 3);
    connect(find, &QLineEdit::textChanged, this, &ScenariosDialog::fill);
    connect(find, &QLineEdit::returnPressed, this, &ScenariosDialog::openCurrent);
    connect(m_list, &QListWidget::currentRowChanged, this, &ScenariosDialog::showCurrent);
    connect(m_list, &QListWidget::itemActivated, this, &ScenariosDialog::openCurrent);
    connect(m_open, &QPushButton::clicked, this, &ScenariosDialog::openCurrent);
    fill({});
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMinimumWidth(m_list->sizeHintForColumn(0) + m_list->verticalScrollBar()->sizeHint().width() + 16);
}

void ScenariosDialog::fill(const QString &wanted)
{
    m_list->clear();
    const auto &scenarios = DemoServer::scenarios();
    std::string group;
    for (std::size_t place = 0; place < scenarios.size(); ++place) {
        const Scenario &scenario = scenarios[place];
        const QString title = QString::fromStdString(scenario.title);
        if (!wanted.isEmpty() && !title.contains(wanted, Qt::CaseInsensitive) &&
            !QString::fromStdString(scenario.id).contains(wanted, Qt::CaseInsensitive))
            continue;
        if (scenario.group != group) {
            group = scenario.group;
            auto *heading = new QListWidgetItem(QString::fromStdString(group), m_list);
            heading->setFlags(Qt::NoItemFlags);
            heading->setFont(scaled(font(), 0, true));
        }
        auto *item = new QListWidgetItem(title, m_list);
        item->setData(PlaceRole, qulonglong(place));
    }
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->flags().testFlag(Qt::ItemIsEnabled)) {
            m_list->setCurrentRow(row);
            break;
        }
    }
    showCurrent();
}

void ScenariosDialog::showCurrent()
{
    const QListWidgetItem *item = m_list->currentItem();
    const QVariant place = item ? item->data(PlaceRole) : QVariant();
    m_open->setEnabled(place.isValid());
    if (!place.isValid()) {
        for (PlainLabel *label : {m_title, m_watch, m_paths})
            label->clear();
        showParameters({});
        return;
    }
    const Scenario &scenario = DemoServer::scenarios()[place.toULongLong()];
    m_title->setText(QString::fromStdString(scenario.title));
    m_watch->setText(QString::fromStdString(scenario.watch));
    QStringList lines;
    for (const std::string &path : scenario.paths)
        lines += (scenario.method == "GET" ? QString() : QString::fromStdString(scenario.method) + u' ') +
                 QString::fromStdString(path);
    if (!scenario.body.empty())
        lines += QString::fromStdString(scenario.body);
    m_paths->setText(lines.join(u'\n'));
    showParameters(scenario);
}

void ScenariosDialog::showParameters(const Scenario &scenario)
{
    auto *fresh = new QWidget(this);
    auto *grid = new QGridLayout(fresh);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(5);
    grid->setColumnStretch(2, 1);
    int row = 0;
    for (const ScenarioParameter &parameter : scenario.parameters) {
        auto *name = new PlainLabel(QString::fromStdString(parameter.name), fresh);
        name->setFont(monospace(this));
        auto *range = new PlainLabel(QString::fromStdString(parameter.range), fresh, "muted");
        auto *meaning = new PlainLabel(QString::fromStdString(parameter.meaning), fresh, "muted");
        meaning->setWordWrap(true);
        grid->addWidget(name, row, 0, Qt::AlignTop);
        grid->addWidget(range, row, 1, Qt::AlignTop);
        grid->addWidget(meaning, row, 2, Qt::AlignTop);
        ++row;
    }
    m_parameters->parentWidget()->layout()->replaceWidget(m_parameters, fresh);
    m_parameters->hide(); // it goes later, and is no part of the layout any more
    m_parameters->deleteLater();
    m_parameters = fresh;
}

void ScenariosDialog::openCurrent()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (item && item->data(PlaceRole).isValid())
        Q_EMIT openRequested(DemoServer::scenarios()[item->data(PlaceRole).toULongLong()]);
}

} // namespace pushscope
