package io.github.transfuse.image;

import ij.ImagePlus;
import ij.io.FileInfo;
import ij.io.Opener;
import ij.io.TiffDecoder;
import ij.plugin.FileInfoVirtualStack;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads TIFF files with ImageJ's decoder. ImageJ's own opener answers damage with a dialog and half an image; here every
 * page's bytes are checked against the length of the file first.
 */
final class TiffReader {
    private static final String COPY_AGAIN = "Copy or export it again.";

    private final Path file;
    private final ResultStore heap;

    private TiffReader(Path file, ResultStore heap) {
        this.file = file;
        this.heap = heap;
    }

    static CalibratedImage read(Path file) throws IOException {
        return read(file, ResultStore.now(note -> {}));
    }

    /** Reads stacks that the heap has no room for plane by plane, when they are needed. */
    static CalibratedImage read(Path file, ResultStore heap) throws IOException {
        return new TiffReader(file, heap).read();
    }

    private CalibratedImage read() throws IOException {
        FileInfo[] pages;
        try {
            pages = directories();
        } catch (UnsupportedImageException e) {
            throw e;
        } catch (EOFException | RuntimeException e) {
            throw damaged("its directory of pages cannot be read", e);
        } catch (IOException e) {
            return readOtherwise(e);
        }
        for (FileInfo page : pages) {
            check(page);
            if (page.samplesPerPixel > samplesRead(page)) {
                return readOtherwise(new IOException(page.samplesPerPixel + " samples per pixel"));
            }
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

    /** Tiles, some compressions and numbers of samples are beyond ImageJ, but not beyond the JDK. */
    private CalibratedImage readOtherwise(IOException refusal) throws UnsupportedImageException {
        try {
            return ImageIoReader.read(file).asImage();
        } catch (UnsupportedImageException e) {
            UnsupportedImageException failure = new UnsupportedImageException(
                    file,
                    "ImageJ cannot read this kind of TIFF (" + oneLine(refusal) + ")",
                    "Save it uncompressed or with LZW, or open a slide in QuPath.",
                    refusal);
            failure.addSuppressed(e);
            throw failure;
        }
    }

    private void check(FileInfo page) throws IOException {
        PlaneLimit.check(file, page.width, page.height);
        long length = Files.size(file);
        boolean compressed = page.compression > FileInfo.COMPRESSION_NONE;
        long stored = 0;
        if (page.stripOffsets != null && page.stripLengths != null) {
            for (int i = 0; i < page.stripOffsets.length; i++) {
                long begin = Integer.toUnsignedLong(page.stripOffsets[i]);
                long bytes = Integer.toUnsignedLong(page.stripLengths[Math.min(i, page.stripLengths.length - 1)]);
                // The lengths of uncompressed strips are often wrong, but what counts is checked below
                if (begin > length || (compressed && begin + bytes > length)) {
                    throw damaged("a page goes on behind the end of the file", null);
                }
                stored += bytes;
            }
        }
        if (compressed && stored == 0) {
            throw damaged("a page has no data", null);
        }
        if (!compressed) {
            checkUncompressed(page, length);
        }
    }

    private void checkUncompressed(FileInfo page, long length) throws UnsupportedImageException {
        long plane = bytes(page);
        long needed = page.getOffset() + plane * page.nImages + page.getGap() * (page.nImages - 1L);
        if (needed > length) {
            throw damaged("it has " + length + " bytes, but its pixels need " + needed, null);
        }
    }

    /** Of pixels with more samples than these, ImageJ would take the first, or its neighbours' for those of others. */
    private static int samplesRead(FileInfo page) {
        return switch (page.fileType) {
            case FileInfo.RGB, FileInfo.RGB_PLANAR, FileInfo.BGR -> 3;
            case FileInfo.ARGB, FileInfo.ABGR, FileInfo.BARG, FileInfo.CMYK -> 4;
            case FileInfo.RGB48, FileInfo.RGB48_PLANAR -> Integer.MAX_VALUE;
            default -> 1;
        };
    }

    private static long bytes(FileInfo page) {
        long pixels = (long) page.width * page.height;
        return switch (page.fileType) {
            case FileInfo.BITMAP -> (page.width + 7L) / 8 * page.height;
            case FileInfo.GRAY12_UNSIGNED -> pixels * 3 / 2;
            case FileInfo.GRAY10_UNSIGNED -> pixels * 5 / 4;
            default -> pixels * page.getBytesPerPixel();
        };
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

    private static String oneLine(IOException e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
    }
}
