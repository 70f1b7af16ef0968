package io.github.transfuse.image;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what this plugin does not, such as CZI, LIF and ND2, with Bio-Formats, where that is there. It is called by its names:
 * its licence and its size keep it out of here.
 */
final class BioFormats {
    /** Endings of names of files that it reads and this plugin does not. */
    static final List<String> EXTENSIONS = List.of(
            "czi", "lif", "nd2", "oib", "oif", "vsi", "ims", "zvi", "dv", "lei", "stk", "mrxs", "scn", "ndpi", "flex");

    private static final String READER = "loci.formats.ImageReader";
    private static final String TOOLS = "loci.formats.MetadataTools";

    private final Path file;
    private final Object reader;

    private BioFormats(Path file, Object reader) {
        this.file = file;
        this.reader = reader;
    }

    static boolean isThere() {
        return AddedReaders.find(READER).isPresent();
    }

    /** How it is added, a sentence for users. */
    static String wayIn() {
        return "For CZI, LIF, ND2 and others put bioformats_package.jar into " + AddedReaders.folder()
                + ", or use the plugin in a Fiji with Bio-Formats.";
    }

    /**
     * Reads the first image of a file.
     *
     * @throws UnsupportedImageException if it cannot
     */
    static CalibratedImage read(Path file) throws IOException {
        try {
            Class<?> type = AddedReaders.find(READER).orElseThrow();
            Object reader = type.getDeclaredConstructor().newInstance();
            try {
                return new BioFormats(file, reader).read();
            } finally {
                type.getMethod("close").invoke(reader);
            }
        } catch (InvocationTargetException e) {
            throw refused(file, e.getCause());
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw refused(file, e);
        }
    }

    private static UnsupportedImageException refused(Path file, Throwable cause) {
        if (cause instanceof UnsupportedImageException named) {
            return named;
        }
        String said = String.valueOf(cause.getMessage()).replaceAll("\\s+", " ");
        return new UnsupportedImageException(
                file,
                "Bio-Formats cannot read it (" + said.substring(0, Math.min(200, said.length())) + ")",
                "Open it in Fiji and save it as TIFF.",
                cause);
    }

    private Object call(String name) throws ReflectiveOperationException {
        return reader.getClass().getMethod(name).invoke(reader);
    }

    private int number(String name) throws ReflectiveOperationException {
        return (Integer) call(name);
    }

    private CalibratedImage read() throws ReflectiveOperationException, IOException {
        Optional<Object> metadata = metadata();
        reader.getClass()
                .getMethod("setId", String.class)
                .invoke(reader, file.toAbsolutePath().toString());
        if ((Boolean) call("isIndexed") && !(Boolean) call("isFalseColor")) {
            throw new UnsupportedImageException(
                    file, "its pixels are numbers of a colour table", "Open it in Fiji and save it as RGB.");
        }
        int width = number("getSizeX");
        int height = number("getSizeY");
        PlaneLimit.check(file, width, height);
        Kind kind = Kind.of(file, number("getPixelType"));
        requireMemory(kind);
        List<Object> planes = new ArrayList<>();
        for (int t = 0; t < number("getSizeT"); t++) {
            for (int z = 0; z < number("getSizeZ"); z++) {
                for (int c = 0; c < number("getEffectiveSizeC"); c++) {
                    add(planes, kind, z, c, t);
                }
            }
        }
        List<Axis> axes = new ArrayList<>();
        List<Long> size = new ArrayList<>();
        add(axes, size, axis(metadata, Axis.Kind.X), width);
        add(axes, size, axis(metadata, Axis.Kind.Y), height);
        add(axes, size, Axis.of(Axis.Kind.CHANNEL), number("getSizeC"));
        add(axes, size, axis(metadata, Axis.Kind.Z), number("getSizeZ"));
        add(axes, size, Axis.of(Axis.Kind.TIME), number("getSizeT"));
        String name = file.getFileName().toString();
        List<String> notes = new ArrayList<>(List.of(name + " is read with Bio-Formats."));
        if (number("getSeriesCount") > 1) {
            notes.add("The first of the " + number("getSeriesCount") + " images in " + name + " is used.");
        }
        boolean rgb = number("getRGBChannelCount") == 3 && number("getSizeC") == 3 && kind.bytes <= 2;
        var pixels = PlaneImages.of(
                planes, kind.signed, size.stream().mapToLong(Long::longValue).toArray());
        return new CalibratedImage(name, pixels, axes, rgb, notes);
    }

    /** The first two axes are always there. */
    private static void add(List<Axis> axes, List<Long> sizes, Axis axis, long size) {
        if (size > 1 || axes.size() < 2) {
            axes.add(axis);
            sizes.add(size);
        }
    }

    private void requireMemory(Kind kind) throws ReflectiveOperationException, UnsupportedImageException {
        double bytes = (double) number("getSizeX")
                * number("getSizeY")
                * number("getSizeZ")
                * number("getSizeC")
                * number("getSizeT")
                * Math.min(kind.bytes, Float.BYTES);
        FreeHeap.require(file, bytes);
    }

    /** The channels of a plane one after the other. */
    private void add(List<Object> planes, Kind kind, int z, int c, int t) throws ReflectiveOperationException {
        Class<?> type = reader.getClass();
        Object index =
                type.getMethod("getIndex", int.class, int.class, int.class).invoke(reader, z, c, t);
        byte[] bytes = (byte[]) type.getMethod("openBytes", int.class).invoke(reader, index);
        boolean little = (Boolean) call("isLittleEndian");
        ByteBuffer stored = ByteBuffer.wrap(bytes).order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int channels = number("getRGBChannelCount");
        int pixels = number("getSizeX") * number("getSizeY");
        boolean interleaved = channels > 1 && (Boolean) call("isInterleaved");
        for (int channel = 0; channel < channels; channel++) {
            Object plane = kind.plane(pixels);
            for (int i = 0; i < pixels; i++) {
                kind.put(stored, interleaved ? i * channels + channel : channel * pixels + i, plane, i);
            }
            planes.add(plane);
        }
    }

    /** Kinds of numbers, in the order of their codes. */
    private enum Kind {
        INT8(1, true),
        UINT8(1, false),
        INT16(2, true),
        UINT16(2, false),
        INT32(4, true),
        UINT32(4, false),
        FLOAT(4, true),
        DOUBLE(8, true);

        private final int bytes;
        private final boolean signed;

        Kind(int bytes, boolean signed) {
            this.bytes = bytes;
            this.signed = signed;
        }

        static Kind of(Path file, int code) throws UnsupportedImageException {
            if (code < 0 || code >= values().length) {
                throw new UnsupportedImageException(
                        file, "its pixels are of a kind that is not read (" + code + ")", "Save it as TIFF in Fiji.");
            }
            return values()[code];
        }

        Object plane(int pixels) {
            return bytes == 1 ? new byte[pixels] : bytes == 2 ? new short[pixels] : new float[pixels];
        }

        void put(ByteBuffer from, int index, Object plane, int to) {
            switch (this) {
                case INT8, UINT8 -> ((byte[]) plane)[to] = from.get(index);
                case INT16, UINT16 -> ((short[]) plane)[to] = from.getShort(2 * index);
                case INT32 -> ((float[]) plane)[to] = from.getInt(4 * index);
                case UINT32 -> ((float[]) plane)[to] = Integer.toUnsignedLong(from.getInt(4 * index));
                case FLOAT -> ((float[]) plane)[to] = from.getFloat(4 * index);
                case DOUBLE -> ((float[]) plane)[to] = (float) from.getDouble(8 * index);
            }
        }
    }

    /** A store of what the file says of lengths, if that can be had. */
    private Optional<Object> metadata() {
        try {
            Object store = AddedReaders.find(TOOLS)
                    .orElseThrow()
                    .getMethod("createOMEXMLMetadata")
                    .invoke(null);
            Class<?> type = Class.forName(
                    "loci.formats.meta.MetadataStore", true, reader.getClass().getClassLoader());
            reader.getClass().getMethod("setMetadataStore", type).invoke(reader, store);
            return Optional.of(store);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Axis axis(Optional<Object> metadata, Axis.Kind kind) {
        if (metadata.isEmpty()) {
            return Axis.of(kind);
        }
        try {
            Object length = metadata.get()
                    .getClass()
                    .getMethod("getPixelsPhysicalSize" + kind, int.class)
                    .invoke(metadata.get(), 0);
            if (length == null) {
                return Axis.of(kind);
            }
            double size = ((Number) length.getClass().getMethod("value").invoke(length)).doubleValue();
            Object unit = length.getClass().getMethod("unit").invoke(length);
            String symbol = (String) unit.getClass().getMethod("getSymbol").invoke(unit);
            String named = symbol.matches("[\u00b5\u03bc]m") ? "micron" : symbol;
            return size > 0 && Double.isFinite(size) ? new Axis(kind, size, named) : Axis.of(kind);
        } catch (ReflectiveOperationException e) {
            return Axis.of(kind);
        }
    }
}
