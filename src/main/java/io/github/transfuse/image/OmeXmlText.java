package io.github.transfuse.image;

import java.util.Optional;

/** The OME-XML of an image without channels that ImageJ's planes are written with: slices first, then times. */
final class OmeXmlText {
    private static final String SCHEMA = "http://www.openmicroscopy.org/Schemas/OME/2016-06";

    private OmeXmlText() {}

    /**
     * The text.
     *
     * @param bits 8, 16, or 32 for floats
     */
    static String of(CalibratedImage image, int bits) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        xml.append("<OME xmlns=\"")
                .append(SCHEMA)
                .append("\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"")
                .append(SCHEMA + " " + SCHEMA)
                .append("/ome.xsd\" Creator=\"TransFuse\"><Image ID=\"Image:0\" Name=\"")
                .append(escaped(image.name()))
                .append("\"><Pixels ID=\"Pixels:0\" DimensionOrder=\"XYCZT\" BigEndian=\"true\" Type=\"")
                .append(bits == Float.SIZE ? "float" : "uint" + bits);
        size(xml, image, Axis.Kind.X);
        size(xml, image, Axis.Kind.Y);
        xml.append("\" SizeC=\"1");
        size(xml, image, Axis.Kind.Z);
        xml.append("\" SizeT=\"").append(image.size(Axis.Kind.TIME));
        return xml.append("\"><Channel ID=\"Channel:0:0\" SamplesPerPixel=\"1\"/><TiffData IFD=\"0\" PlaneCount=\"")
                .append(image.size(Axis.Kind.Z) * image.size(Axis.Kind.TIME))
                .append("\"/></Pixels></Image></OME>")
                .toString();
    }

    /** A length only where its unit is one of the schema. */
    private static void size(StringBuilder xml, CalibratedImage image, Axis.Kind kind) {
        xml.append("\" Size").append(kind).append("=\"").append(image.size(kind));
        if (image.dimension(kind).isPresent()) {
            Axis axis = image.axes().get(image.dimension(kind).getAsInt());
            Optional<String> unit = axis.isCalibrated() ? Lengths.symbol(axis.unit()) : Optional.empty();
            unit.ifPresent(symbol -> xml.append("\" PhysicalSize" + kind + "=\"")
                    .append(axis.size())
                    .append("\" PhysicalSize" + kind + "Unit=\"")
                    .append(escaped(symbol)));
        }
    }

    /** In ASCII, whatever characters a reader takes descriptions for. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            boolean plain = c >= ' ' && c < 127 && "<>&\"'".indexOf(c) < 0;
            if (plain) {
                escaped.appendCodePoint(c);
            } else if (c >= ' ') {
                escaped.append("&#").append(c).append(';');
            }
        });
        return escaped.toString();
    }
}
