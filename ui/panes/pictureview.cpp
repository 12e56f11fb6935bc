#include "ui/panes/pictureview.h"

#include "ui/text/words.h"

#include <QBuffer>
#include <QImageReader>
#include <QPainter>

namespace pushscope {

PictureView::PictureView(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("payloadPicture"));
    setAccessibleName(words("Payload as a picture"));
}

bool PictureView::setPicture(ByteView bytes)
{
    m_picture = QPixmap();
    update();
    QByteArray memory = QByteArray::fromRawData(bytes.data(), qsizetype(bytes.size()));
    QBuffer buffer(&memory);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    const QByteArray format = reader.format();
    const bool isPlain = format == "png" || format == "jpeg" || format == "gif" || format == "bmp";
    const QSize size = reader.size();
    if (!isPlain || !size.isValid() || size.width() > LongestSide || size.height() > LongestSide)
        return false;
    m_picture = QPixmap::fromImageReader(&reader);
    return !m_picture.isNull();
}

void PictureView::paintEvent(QPaintEvent *)
{
    if (m_picture.isNull())
        return;
    QSize size = m_picture.size();
    if (size.width() > width() || size.height() > height())
        size.scale(this->size(), Qt::KeepAspectRatio);
    QRect place(QPoint(0, 0), size);
    place.moveCenter(rect().center());
    QPainter painter(this);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawPixmap(place, m_picture);
}

} // namespace pushscope
