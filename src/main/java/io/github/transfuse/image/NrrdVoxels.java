package io.github.transfuse.image;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Where the voxels of a NRRD volume are.
 *
 * @param packed whether the whole file is packed by gzip
 */
record NrrdVoxels(Path file, NrrdHeader header, boolean packed) {
    private static final Map<String, VoxelFile.Coding> CODINGS = Map.of(
            "raw", VoxelFile.Coding.RAW,
            "gzip", VoxelFile.Coding.GZIP,
            "gz", VoxelFile.Coding.GZIP,
            "bzip2", VoxelFile.Coding.BZIP2,
            "bz2", VoxelFile.Coding.BZIP2,
            "ascii", VoxelFile.Coding.TEXT,
            "text", VoxelFile.Coding.TEXT,
            "txt", VoxelFile.Coding.TEXT);

    VoxelFile source(VoxelType type) throws IOException {
        String encoding = header.required("encoding").toLowerCase(Locale.ROOT);
        VoxelFile.Coding coding = CODINGS.get(encoding);
        if (coding == null) {
            throw new UnsupportedImageException(
                    file, "its voxels are stored as '" + encoding + "'", "Save it with the encoding raw or gzip.");
        }
        boolean ordered = type.bytes() > 1 && coding != VoxelFile.Coding.TEXT;
        String endian = ordered ? header.required("endian").toLowerCase(Locale.ROOT) : "little";
        if (!endian.equals("little") && !endian.equals("big")) {
            throw header.wrong("endian");
        }
        ByteOrder order = endian.equals("big") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        Optional<String> data = header.field("data file");
        Path source = data.isPresent() ? detached(data.get()) : file;
        boolean whole = packed && data.isEmpty();
        long offset = offset(source, coding, type, data.isPresent() ? 0 : header.length());
        return VoxelFile.exact(file, source, offset, new VoxelFile.Packing(whole, coding), order);
    }

    private Path detached(String name) throws UnsupportedImageException {
        Path folder = file.toAbsolutePath().normalize().getParent();
        Path data;
        try {
            data = folder.resolve(name).normalize();
        } catch (InvalidPathException e) {
            throw header.wrong("data file");
        }
        if (name.startsWith("LIST") || name.contains("%") || !Files.isRegularFile(data)) {
            throw new UnsupportedImageException(
                    file,
                    "its voxels are in '" + name + "', which is not one file there",
                    "Save it as one .nrrd file.");
        }
        if (!data.startsWith(folder)) {
            throw new UnsupportedImageException(
                    file,
                    "its voxels are in '" + name + "', which is in another folder",
                    "Put both files into one folder, or save it as one .nrrd file.");
        }
        return data;
    }

    /** A byte skip of -1 means that the voxels are at the end of a file of raw ones; lines are skipped before bytes. */
    private long offset(Path source, VoxelFile.Coding coding, VoxelType type, long begin) throws IOException {
        long skip = header.whole("byte skip", 0);
        boolean raw = coding == VoxelFile.Coding.RAW && !packed;
        if (skip == -1 && raw) {
            long bytes = type.bytes();
            for (long size : header.sizes()) {
                bytes *= size;
            }
            return Math.max(0, Files.size(source) - bytes);
        }
        if (skip < 0 || (!raw && skip > 0)) {
            throw header.wrong("byte skip");
        }
        long lines = header.whole("line skip", 0);
        if (lines < 0) {
            throw header.wrong("line skip");
        }
        return skip + (lines > 0 ? behindLines(source, begin, lines) : begin);
    }

    private long behindLines(Path source, long begin, long lines) throws IOException {
        boolean whole = packed && source.equals(file);
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(source));
                InputStream in = whole ? new BufferedInputStream(new GZIPInputStream(raw)) : raw) {
            in.skipNBytes(begin);
            long at = begin;
            for (long left = lines; left > 0; at++) {
                int next = in.read();
                if (next < 0) {
                    throw new EOFException("it ends within the lines that are to be skipped");
                }
                left -= next == '\n' ? 1 : 0;
            }
            return at;
        }
    }
}
