package io.github.transfuse.image;

import ij.ImagePlus;
import ij.io.FileInfo;
import ij.io.Opener;
import ij.io.TiffDecoder;
import ij.plugin.FileInfoVirtualStack;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Reads TIFF files: stacks that ImageJ reads rightly with its decoder, all others with {@link TiffStack}. ImageJ's own
 * opener answers damage with a dialog and half an image, or never; here all pages are looked at first, and packed strips
 * are unpacked for a look at their length and checksum.
 */
final class TiffReader {
    private static final String COPY_AGAIN = "Copy or export it again.";
    private static final int MANY = 4096;

    private final Path file;
    private final ResultStore heap;
    private final boolean labels;

    private TiffReader(Path file, ResultStore heap, boolean labels) {
        this.file = file;
        this.heap = heap;
        this.labels = labels;
    }

    static CalibratedImage read(Path file) throws IOException {
        return read(file, false);
    }

    /**
     * Reads a file.
     *
     * @param labels whether indices of colour tables and few bits stay as they are
     */
    static CalibratedImage read(Path file, boolean labels) throws IOException {
        return new TiffReader(file, ResultStore.now(note -> {}), labels).read();
    }

    /** Reads stacks that the heap has no room for plane by plane, when they are needed. */
    static CalibratedImage read(Path file, ResultStore heap) throws IOException {
        return new TiffReader(file, heap, false).read();
    }

    /** Whether what the first page stores are indices of colours that are meant. */
    static boolean hasTable(Path file) throws IOException {
        return new TiffReader(file, ResultStore.now(note -> {}), false).named(bytes -> {
            TiffPage first = TiffPage.of(file, TiffDirectory.all(bytes).get(0));
            return hasColors(first) && !isShown(first);
        });
    }

    /** What is read of the bytes of a file. */
    @FunctionalInterface
    private interface Reading<T> {
        T of(TiffBytes bytes) throws IOException;
    }

    private CalibratedImage read() throws IOException {
        return named(bytes -> {
            List<TiffPage> pages = new ArrayList<>();
            for (TiffDirectory directory : TiffDirectory.all(bytes)) {
                pages.add(TiffPage.of(file, directory));
            }
            requireRoom(pages, bytes);
            if (isImageJs(pages) && !isInManyParts(pages)) {
                for (TiffPage page : pages) {
                    TiffPlanes.check(page);
                }
                CalibratedImage image = byImageJ(pages);
                return isColored(pages.get(0)) ? image.withNote(TiffStack.displayOnly(file)) : image;
            }
            return new TiffStack(file, pages, labels, heap).read();
        });
    }

    /** Reads, and names the file in whatever that refuses. */
    private <T> T named(Reading<T> reading) throws IOException {
        try (TiffBytes bytes = TiffBytes.of(file)) {
            return reading.of(bytes);
        } catch (UnsupportedImageException e) {
            throw e;
        } catch (TiffPage.KindException e) {
            throw TiffPage.kind(file, e.getMessage());
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        }
    }

    /** Pages that share their bytes would make much of little. */
    private static void requireRoom(List<TiffPage> pages, TiffBytes bytes) throws IOException {
        double needed = 0;
        long expansion = 1;
        for (TiffPage page : pages) {
            needed += page.bytes();
            int most = TiffCodec.expansion(page.compression());
            expansion = Math.max(expansion, most > 0 ? most : TiffPage.JPEG_EXPANSION * (long) page.samples());
        }
        if (needed > (double) expansion * bytes.length()) {
            throw new IOException("its pages share their bytes");
        }
    }

    /** What ImageJ itself writes and reads: grey of 8, 16 or 32 bits and colours of 8, in strips, all pages alike. */
    private boolean isImageJs(List<TiffPage> pages) throws IOException {
        TiffPage first = pages.get(0);
        String description = first.directory().text(TiffDirectory.DESCRIPTION);
        if (first.directory().isBig()
                || OmeXml.isOme(description)
                || ShapedTiff.of(description).isPresent()) {
            return false;
        }
        for (TiffPage page : pages) {
            if (!page.isLike(first) || !isImageJs(page)) {
                return false;
            }
        }
        return true;
    }

    /** ImageJ takes long for each packed strip, however small that is, and reads a plane at once, however large. */
    private boolean isInManyParts(List<TiffPage> pages) throws IOException {
        TiffPage first = pages.get(0);
        if (ImageJWords.of(first.directory().text(TiffDirectory.DESCRIPTION)).isPresent()) {
            return false;
        }
        if (pages.size() == 1 && !TiffStack.fits(pages, heap)) {
            return true;
        }
        long strips = pages.stream().mapToLong(TiffPage::blocks).sum();
        boolean packed = pages.stream().anyMatch(page -> page.compression() != TiffCodec.NONE);
        return packed && strips > MANY && TiffStack.fits(pages, heap);
    }

    private boolean isImageJs(TiffPage page) throws IOException {
        boolean grey = page.samples() == 1 && page.photometric() == TiffPage.BLACK_IS_ZERO;
        boolean display = page.samples() == 1 && page.photometric() == TiffPage.PALETTE && isShownOnly(page);
        boolean colors = page.photometric() == TiffPage.RGB && page.samples() == 3 && page.bits() == 8;
        boolean type = page.format() == TiffPage.Format.UNSIGNED
                ? page.bits() == 8 || (page.bits() == 16 && page.samples() == 1)
                : page.format() == TiffPage.Format.FLOAT
                        ? page.bits() == 32 && page.predictor() == 1
                        : page.bits() == 16;
        return (grey || display || colors)
                && type
                && page.compression() != TiffCodec.ZSTD
                && !page.grid().tiled()
                && !page.planar()
                && !page.isSecondary()
                && page.predictor() <= 2
                && TiffPlanes.isUnpacked(page)
                && page.orientation() <= Upright.AS_STORED
                && page.directory().number(TiffDirectory.FILL_ORDER, 1) == 1
                && TiffMetadata.isSafe(page.directory());
    }

    /** ImageJ saves the colours in which it shows a channel or labels; the indices are what was measured. */
    private boolean isShownOnly(TiffPage page) throws IOException {
        return labels || isShown(page);
    }

    private static boolean isShown(TiffPage page) throws IOException {
        return ImageJWords.of(page.directory().text(TiffDirectory.DESCRIPTION)).isPresent();
    }

    private boolean isColored(TiffPage page) throws IOException {
        return !labels && hasColors(page);
    }

    private static boolean hasColors(TiffPage page) throws IOException {
        return page.photometric() == TiffPage.PALETTE && !TiffTable.of(page).isRising();
    }

    private CalibratedImage byImageJ(List<TiffPage> own) throws IOException {
        FileInfo[] pages = directories();
        TiffPage first = own.get(0);
        for (FileInfo page : pages) {
            boolean same = page.width == first.size().width()
                    && page.height == first.size().height()
                    && page.samplesPerPixel == first.samples();
            if (!same || (pages.length > 1 && pages.length != own.size())) {
                throw damaged("its directory says two things of its pages", null);
            }
            checkUncompressed(page, Files.size(file));
        }
        checkOrder(pages);
        return wrap(pages, fits(pages) ? open() : openVirtual());
    }

    private FileInfo[] directories() throws IOException {
        Path absolute = file.toAbsolutePath();
        String folder = absolute.getParent() + File.separator;
        FileInfo[] pages = new TiffDecoder(folder, absolute.getFileName().toString()).getTiffInfo();
        if (pages == null || pages.length == 0) {
            throw damaged("it has no page", null);
        }
        return pages;
    }

    private void checkUncompressed(FileInfo page, long length) throws UnsupportedImageException {
        if (page.compression > FileInfo.COMPRESSION_NONE) {
            return;
        }
        long plane = (long) page.width * page.height * page.getBytesPerPixel();
        double needed = page.getOffset() + (plane + page.getGap()) * (double) page.nImages - page.getGap();
        if (page.nImages < 0 || needed > length) {
            throw damaged(
                    String.format(Locale.ROOT, "it has %d bytes, but its pixels need %.0f", length, needed), null);
        }
    }

    /** ImageJ reads uncompressed pages forwards only and would leave out the others with a dialog. */
    private void checkOrder(FileInfo[] pages) throws UnsupportedImageException {
        for (int i = 1; i < pages.length; i++) {
            boolean compressed = pages[i].compression >= FileInfo.LZW;
            if (!compressed && pages[i].getOffset() < pages[i - 1].getOffset()) {
                throw new UnsupportedImageException(
                        file,
                        "its pages are stored in an order that ImageJ cannot read",
                        "Open and save it in another program, or save its pages as files of their own.");
            }
        }
    }

    /** Pages that differ are no stack, and are left to {@link #wrap}; those of 16-bit colours become several planes. */
    private boolean fits(FileInfo... pages) {
        FileInfo first = pages[0];
        long planes = pages.length == 1 ? Math.max(1, first.nImages) : pages.length;
        boolean several = first.fileType == FileInfo.RGB48 || first.fileType == FileInfo.RGB48_PLANAR;
        boolean heapOnly = planes == 1 || several || Arrays.stream(pages).anyMatch(page -> differ(page, first));
        return heapOnly || heap.onHeap(new long[] {first.width, first.height, planes}, first.getBytesPerPixel());
    }

    private static boolean differ(FileInfo a, FileInfo b) {
        return a.width != b.width || a.height != b.height || a.fileType != b.fileType;
    }

    private ImagePlus openVirtual() throws UnsupportedImageException {
        try {
            ImagePlus imp =
                    FileInfoVirtualStack.openVirtual(file.toAbsolutePath().toString());
            if (imp == null || imp.getWidth() == 0) {
                throw damaged("ImageJ cannot decode it", null);
            }
            return imp;
        } catch (RuntimeException e) {
            throw damaged("ImageJ cannot decode it", e);
        }
    }

    private ImagePlus open() throws UnsupportedImageException {
        Path absolute = file.toAbsolutePath();
        Opener opener = new Opener();
        opener.setSilentMode(true);
        try {
            ImagePlus imp = opener.openTiff(
                    absolute.getParent() + File.separator,
                    absolute.getFileName().toString());
            if (imp == null || imp.getWidth() == 0) {
                throw damaged("ImageJ cannot decode it", null);
            }
            return imp;
        } catch (RuntimeException e) {
            throw damaged("ImageJ cannot decode it", e);
        }
    }

    private CalibratedImage wrap(FileInfo[] pages, ImagePlus imp) throws UnsupportedImageException {
        int expected = pages.length == 1 ? Math.max(1, pages[0].nImages) : pages.length;
        CalibratedImage image = ImagePlusImages.wrap(imp);
        if (imp.getStackSize() >= expected) {
            return image;
        }
        for (FileInfo page : pages) {
            if (differ(page, pages[0])) {
                return image.withNote(
                        "Only the first of " + expected + " pages is used, because they differ in size or type.");
            }
        }
        throw damaged("only " + imp.getStackSize() + " of its " + expected + " pages can be read", null);
    }

    private UnsupportedImageException damaged(String reason, Exception cause) {
        return new UnsupportedImageException(
                file, "the file is truncated or damaged (" + reason + ")", COPY_AGAIN, cause);
    }

    private UnsupportedImageException damaged(Exception cause) {
        return damaged(ImageFiles.reason(cause), cause);
    }
}
