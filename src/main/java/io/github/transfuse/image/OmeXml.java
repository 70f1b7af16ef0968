package io.github.transfuse.image;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What the OME-XML in a TIFF file says of its first image.
 *
 * @param order of the pages, such as {@code XYCZT}: the third letter is the fastest
 * @param sizes of C, Z and T
 * @param lengths of a pixel along X, Y and Z; 0 where unknown
 * @param units of the lengths
 * @param images how many images the file has
 * @param oneFile whether all planes are in this file
 * @param places of each block of planes: first C, Z, T and page
 */
record OmeXml(
        String order,
        Map<Character, Integer> sizes,
        Map<Character, Double> lengths,
        Map<Character, String> units,
        int images,
        boolean oneFile,
        List<int[]> places) {

    static boolean isOme(String description) {
        return description.contains("<OME") && description.contains("<Pixels");
    }

    /** Empty if the text is not understood. */
    static Optional<OmeXml> of(String description) {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            return read(factory.createXMLStreamReader(new StringReader(description.strip())));
        } catch (XMLStreamException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<OmeXml> read(XMLStreamReader xml) throws XMLStreamException {
        int images = 0;
        Optional<OmeXml> first = Optional.empty();
        String file = "";
        boolean oneFile = true;
        List<int[]> places = new ArrayList<>();
        while (xml.hasNext()) {
            if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            switch (xml.getLocalName()) {
                case "Image" -> images++;
                case "Pixels" -> first = first.isPresent() ? first : Optional.of(pixels(xml));
                case "TiffData" -> {
                    if (images <= 1) {
                        places.add(new int[] {
                            number(xml, "FirstC"), number(xml, "FirstZ"), number(xml, "FirstT"), number(xml, "IFD")
                        });
                    }
                }
                case "UUID" -> {
                    String name = String.valueOf(xml.getAttributeValue(null, "FileName"));
                    oneFile &= images > 1 || file.isEmpty() || file.equals(name);
                    file = images > 1 ? file : name;
                }
                default -> {
                    // Nothing that says how the planes are to be read
                }
            }
        }
        int count = images;
        boolean whole = oneFile;
        return first.map(ome -> new OmeXml(ome.order, ome.sizes, ome.lengths, ome.units, count, whole, places));
    }

    private static OmeXml pixels(XMLStreamReader xml) {
        return new OmeXml(
                xml.getAttributeValue(null, "DimensionOrder"),
                Map.of('C', size(xml, "SizeC"), 'Z', size(xml, "SizeZ"), 'T', size(xml, "SizeT")),
                Map.of('X', length(xml, 'X'), 'Y', length(xml, 'Y'), 'Z', length(xml, 'Z')),
                Map.of('X', unit(xml, 'X'), 'Y', unit(xml, 'Y'), 'Z', unit(xml, 'Z')),
                0,
                true,
                List.of());
    }

    private static int number(XMLStreamReader xml, String name) {
        String text = xml.getAttributeValue(null, name);
        return text == null ? 0 : Integer.parseInt(text);
    }

    private static int size(XMLStreamReader xml, String name) {
        return Integer.parseInt(xml.getAttributeValue(null, name));
    }

    private static double length(XMLStreamReader xml, char axis) {
        String text = xml.getAttributeValue(null, "PhysicalSize" + axis);
        double length = text == null ? 0 : Double.parseDouble(text);
        return length > 0 && Double.isFinite(length) ? length : 0;
    }

    private static String unit(XMLStreamReader xml, char axis) {
        String unit = xml.getAttributeValue(null, "PhysicalSize" + axis + "Unit");
        return unit == null || unit.equals("\u00b5m") || unit.equals("\u03bcm") ? "micron" : unit;
    }

    /** Pages that the sizes need, if a page holds so many channels. */
    long pages(int channelsOfPage) {
        return (long) sizes.get('C') / channelsOfPage * sizes.get('Z') * sizes.get('T');
    }

    /**
     * Whether everything that is needed is said, once.
     *
     * @param channelsOfPage channels in each page
     */
    boolean isUsable(int channelsOfPage) {
        boolean ordered = order != null && order.matches("XY(CZT|CTZ|ZCT|ZTC|TCZ|TZC)");
        boolean positive = sizes.values().stream().allMatch(size -> size > 0);
        if (!ordered || !positive || sizes.get('C') % channelsOfPage != 0) {
            return false;
        }
        int groups = sizes.get('C') / channelsOfPage;
        return places.stream().allMatch(at -> at[3] == page(at[0] / channelsOfPage, at[1], at[2], groups));
    }

    /** The page of a plane. */
    int page(int group, int z, int t, int groups) {
        Map<Character, Integer> at = Map.of('C', group, 'Z', z, 'T', t);
        Map<Character, Integer> length = Map.of('C', groups, 'Z', sizes.get('Z'), 'T', sizes.get('T'));
        int page = 0;
        for (int i = order.length() - 1; i >= 2; i--) {
            page = page * length.get(order.charAt(i)) + at.get(order.charAt(i));
        }
        return page;
    }

    /** An axis of space. */
    Axis axis(Axis.Kind kind) {
        char letter = kind.name().charAt(0);
        return lengths.get(letter) > 0 ? new Axis(kind, lengths.get(letter), units.get(letter)) : Axis.of(kind);
    }
}
