package io.github.transfuse.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;

/**
 * Reads the pages of a TIFF file that ImageJ's decoder does not read, or not rightly: tiles, colour tables, planes of
 * samples, transparency, half and other floats, predictors, JPEG, BigTIFF, OME-TIFF, whatever the orientation.
 */
final class TiffStack {
    private static final double SCREEN = 72;
    private static final double CM_PER_INCH = 2.54;
    private static final long LARGE = 1 << 29;

    private final Path file;
    private final String name;
    private final List<TiffPage> pages;
    private final boolean labels;
    private final ResultStore heap;

    /**
     * Pages of a file.
     *
     * @param heap how much may be unpacked at once
     */
    TiffStack(Path file, List<TiffPage> pages, boolean labels, ResultStore heap) {
        this.file = file;
        name = file.getFileName().toString();
        this.pages = pages;
        this.labels = labels;
        this.heap = heap;
    }

    CalibratedImage read() throws IOException {
        String description = pages.get(0).directory().text(TiffDirectory.DESCRIPTION);
        return OmeXml.isOme(description) ? ome(description) : plain(description);
    }

    /** Pages of one size are planes of a volume, or what ImageJ says; of others the largest are read. */
    private CalibratedImage plain(String description) throws IOException {
        Optional<ImageJWords> words = ImageJWords.of(description);
        List<TiffPage> chosen = pages.size() == 1 && words.isPresent()
                ? pages.get(0).withFollowing(words.get().images())
                : largest();
        List<String> notes = new ArrayList<>();
        if (chosen.size() < pages.size()) {
            notes.add("Of the " + pages.size() + " pages of " + name + ", " + chosen.size()
                    + (chosen.size() == 1 ? " is" : " are") + " used: the largest, of "
                    + chosen.get(0).size().width() + " x "
                    + chosen.get(0).size().height() + " pixels.");
        }
        TiffPage first = chosen.get(0);
        Optional<OmeXml> shaped = chosen.size() < pages.size() ? Optional.empty() : shaped(description);
        int[] size = shaped.map(said -> sizes(said, first.samples()))
                .orElseGet(() -> words.filter(each -> each.planes() == chosen.size())
                        .map(ImageJWords::sizes)
                        .orElse(new int[] {1, chosen.size(), 1}));
        List<Axis> axes = List.of(
                axis(first, Axis.Kind.X, TiffDirectory.X_RESOLUTION, words),
                axis(first, Axis.Kind.Y, TiffDirectory.Y_RESOLUTION, words),
                words.map(ImageJWords::depth).orElse(Axis.of(Axis.Kind.Z)));
        List<TiffPage> inOrder = shaped.map(said -> ordered(said, size[0])).orElse(chosen);
        return image(inOrder, size, axes, notes, words.isPresent());
    }

    /** What tifffile says, if it fits the pages. */
    private Optional<OmeXml> shaped(String description) {
        int samples = pages.get(0).samples();
        return ShapedTiff.of(description).filter(said -> said.isUsable(samples) && said.pages(samples) == pages.size());
    }

    private static int[] sizes(OmeXml said, int samples) {
        return new int[] {
            said.sizes().get('C') / samples, said.sizes().get('Z'), said.sizes().get('T')
        };
    }

    private List<TiffPage> largest() throws UnsupportedImageException {
        TiffPage largest = pages.get(0);
        for (TiffPage page : pages) {
            boolean larger = pixels(page) > pixels(largest) && page.isSecondary() == largest.isSecondary();
            largest = larger || (largest.isSecondary() && !page.isSecondary()) ? page : largest;
        }
        TiffPage chosen = largest;
        List<TiffPage> same = pages.stream()
                .filter(page -> page.isLike(chosen) && page.isSecondary() == chosen.isSecondary())
                .toList();
        boolean other = pages.stream()
                .anyMatch(page -> !page.isSecondary() && page.size().equals(chosen.size()) && !page.isLike(chosen));
        if (other) {
            throw TiffPage.kind(file, "pages of one size, but of different types");
        }
        return same;
    }

    private static long pixels(TiffPage page) {
        return (long) page.size().width() * page.size().height();
    }

    private CalibratedImage ome(String description) throws IOException {
        TiffPage first = pages.get(0);
        OmeXml ome = OmeXml.of(description).orElseThrow(() -> refused("its OME-XML cannot be understood"));
        int channels = Math.max(1, first.photometric() == TiffPage.PALETTE ? 1 : first.samples());
        if (!ome.oneFile()) {
            throw refused("it is one of several files of an OME-TIFF");
        }
        if (!ome.isUsable(channels)) {
            throw refused("its OME-XML orders the pages in a way that is not read");
        }
        if (ome.pages(channels) > pages.size()) {
            throw new IOException("its OME-XML needs " + ome.pages(channels) + " pages, but there are " + pages.size());
        }
        int groups = ome.sizes().get('C') / channels;
        List<TiffPage> ordered = ordered(ome, groups);
        if (ordered.stream().anyMatch(page -> !page.isLike(first))) {
            throw refused("its pages differ in size or type");
        }
        List<String> notes = ome.images() < 2
                ? List.of()
                : List.of("The first of the " + ome.images() + " images in " + name + " is used.");
        int[] size = sizes(ome, channels);
        List<Axis> axes = List.of(ome.axis(Axis.Kind.X), ome.axis(Axis.Kind.Y), ome.axis(Axis.Kind.Z));
        return image(ordered, size, axes, notes, true);
    }

    /** The pages with the channels fastest, then slices, then times. */
    private List<TiffPage> ordered(OmeXml ome, int groups) {
        List<TiffPage> ordered = new ArrayList<>();
        for (int t = 0; t < ome.sizes().get('T'); t++) {
            for (int z = 0; z < ome.sizes().get('Z'); z++) {
                for (int c = 0; c < groups; c++) {
                    ordered.add(pages.get(ome.page(c, z, t, groups)));
                }
            }
        }
        return ordered;
    }

    private UnsupportedImageException refused(String problem) {
        return new UnsupportedImageException(
                file, problem, "Open it in Fiji with Bio-Formats and save it as TIFF, or segment it in QuPath.");
    }

    /**
     * The image.
     *
     * @param size channels, slices and times of the pages, the channels fastest
     * @param axes X, Y and Z
     * @param display whether colour tables are only for display
     */
    private CalibratedImage image(
            List<TiffPage> chosen, int[] size, List<Axis> axes, List<String> said, boolean display) throws IOException {
        List<String> notes = new ArrayList<>(said);
        int orientation = chosen.get(0).orientation();
        if (chosen.stream().anyMatch(page -> page.orientation() != orientation)) {
            throw TiffPage.kind(file, "pages that are turned in different ways");
        }
        boolean lazy = !fits(chosen, heap) && TiffCells.suit(chosen);
        if (!lazy) {
            FreeHeap.require(file, bytes(chosen));
        }
        List<Object> planes = new ArrayList<>();
        boolean rgb = false;
        for (TiffPage page : lazy ? List.of(TiffCells.part(chosen.get(0), 0)) : chosen) {
            TiffColors.Planes read = planes(page, display, notes);
            planes.addAll(read.planes());
            rgb = read.rgb();
        }
        int each = planes.size() / (lazy ? 1 : chosen.size());
        List<Axis> all = new ArrayList<>(axes.subList(0, 2));
        long[] shape = shape(chosen.get(0).size(), new int[] {each * size[0], size[1], size[2]}, axes.get(2), all);
        boolean signed = chosen.get(0).format() == TiffPage.Format.SIGNED;
        RandomAccessibleInterval<? extends RealType<?>> pixels = lazy
                ? new TiffCells(chosen, each, part -> planes(part, display, new ArrayList<>())
                                .planes())
                        .image(signed, shape)
                : PlaneImages.of(planes, signed, shape);
        CalibratedImage image = new CalibratedImage(name, pixels, all, rgb && size[0] == 1, notes);
        return Upright.turn(image, orientation);
    }

    /** Adds the axes of channels, slices and times that have several; gives all sizes. */
    private static long[] shape(TiffPage.Size plane, int[] size, Axis depth, List<Axis> axes) {
        List<Axis> more = List.of(Axis.of(Axis.Kind.CHANNEL), depth, Axis.of(Axis.Kind.TIME));
        LongStream.Builder shape = LongStream.builder().add(plane.width()).add(plane.height());
        for (int i = 0; i < size.length; i++) {
            if (size[i] > 1) {
                axes.add(more.get(i));
                shape.add(size[i]);
            }
        }
        return shape.build().toArray();
    }

    private TiffColors.Planes planes(TiffPage page, boolean display, List<String> notes) throws IOException {
        if (labels) {
            TiffColors.aboutWhite(page).ifPresent(note -> tell(note, notes));
        }
        if (TiffOld.isOld(page)) {
            return TiffOld.read(file, pages.indexOf(page), page, labels);
        }
        requireWholeColors(page);
        Object[] samples = TiffPlanes.isUnpacked(page) ? TiffPlanes.read(page) : TiffJpeg.read(file, page);
        TiffColors colors = new TiffColors(file, page, samples);
        boolean stored = labels;
        if (!labels && page.photometric() == TiffPage.PALETTE) {
            TiffTable table = TiffTable.of(page);
            stored = !table.isGrey() && (display || table.isRamp());
            if (stored) {
                tell(displayOnly(file), notes);
            }
        }
        TiffColors.Planes read = stored ? colors.labels() : colors.image();
        colors.note().ifPresent(note -> tell(name + ": " + note + ".", notes));
        return read;
    }

    /** Once, whatever the number of pages. */
    private static void tell(String note, List<String> notes) {
        if (!notes.contains(note)) {
            notes.add(note);
        }
    }

    static String displayOnly(Path file) {
        return "The colour table of " + file.getFileName() + " is taken for display only: the stored values are used.";
    }

    private void requireWholeColors(TiffPage page) throws IOException {
        if (page.photometric() == TiffPage.YCBCR && TiffPlanes.isUnpacked(page)) {
            long[] steps = page.directory().numbers(TiffDirectory.SUBSAMPLING);
            if (steps.length != 2 || steps[0] != 1 || steps[1] != 1) {
                throw TiffPage.kind(file, "colours of fewer pixels than brightness, without JPEG");
            }
        }
    }

    /** Large ones are unpacked when they are needed, however much memory there is: it is needed for the results. */
    static boolean fits(List<TiffPage> chosen, ResultStore heap) {
        return bytes(chosen) <= Math.min(LARGE, heap.heapBytes());
    }

    private static double bytes(List<TiffPage> chosen) {
        TiffPage first = chosen.get(0);
        return (double) pixels(first) * first.samples() * chosen.size() * TiffPlanes.bytes(first);
    }

    /** As ImageJ reads resolutions: 72 dots an inch are no calibration. */
    private static Axis axis(TiffPage page, Axis.Kind kind, int tag, Optional<ImageJWords> words) throws IOException {
        double[] fractions = page.directory().fractions(tag);
        double perUnit = fractions.length == 0 ? 0 : fractions[0];
        long unit = page.directory().number(TiffDirectory.RESOLUTION_UNIT, 2);
        String named = words.map(ImageJWords::unit).orElse("");
        if (!(perUnit > 0) || Double.isInfinite(1 / perUnit)) {
            return Axis.of(kind);
        }
        if (!named.isEmpty()) {
            return new Axis(kind, 1 / perUnit, named);
        }
        boolean screen = Math.abs((unit == 3 ? perUnit * CM_PER_INCH : perUnit) - SCREEN) < 0.01;
        boolean known = (unit == 3 || unit == 2) && !screen;
        return known ? new Axis(kind, 1 / perUnit, unit == 3 ? "cm" : "inch") : Axis.of(kind);
    }
}
