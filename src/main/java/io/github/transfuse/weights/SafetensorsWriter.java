package io.github.transfuse.weights;

import com.google.gson.stream.JsonWriter;
import io.github.transfuse.files.WholeFile;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes one safetensors file: only the header is built in memory, tensors go straight to the channel. */
final class SafetensorsWriter {
    private static final int ALIGNMENT = 8;

    private final List<StoredTensor> tensors;
    private final List<StoredTensor> layout;
    private final Map<String, String> metadata;

    SafetensorsWriter(List<StoredTensor> tensors, Map<String, String> metadata) {
        this.tensors = List.copyOf(tensors);
        this.metadata = metadata;
        layout = new ArrayList<>(tensors);
        layout.sort(
                Comparator.comparingInt((StoredTensor tensor) -> -tensor.dtype().size()));
    }

    void writeTo(Path file) throws IOException {
        ByteBuffer header = header();
        WholeFile.writeSynced(file, channel -> {
            writeFully(channel, header);
            for (StoredTensor tensor : layout) {
                writeFully(channel, tensor.data());
            }
        });
    }

    /** Length and JSON, padded with spaces so that the first tensor starts at a multiple of 8. */
    private ByteBuffer header() throws IOException {
        byte[] json = json().getBytes(StandardCharsets.UTF_8);
        int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        if (padded > SafetensorsHeader.MAX_HEADER_BYTES) {
            throw new IllegalArgumentException("Names and metadata of " + padded
                    + " bytes exceed the format's limit of " + SafetensorsHeader.MAX_HEADER_BYTES);
        }
        ByteBuffer header = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(padded).put(json);
        while (header.hasRemaining()) {
            header.put((byte) ' ');
        }
        return header.flip();
    }

    private String json() throws IOException {
        Map<String, Long> begins = begins();
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.beginObject();
            if (!metadata.isEmpty()) {
                json.name(HeaderParser.METADATA_KEY).beginObject();
                for (Map.Entry<String, String> entry : metadata.entrySet()) {
                    json.name(entry.getKey()).value(entry.getValue());
                }
                json.endObject();
            }
            for (StoredTensor tensor : tensors) {
                writeEntry(json, tensor, begins.get(tensor.name()));
            }
            json.endObject();
        }
        return text.toString();
    }

    private static void writeEntry(JsonWriter json, StoredTensor tensor, long begin) throws IOException {
        json.name(tensor.name()).beginObject();
        json.name("dtype").value(tensor.dtype().name());
        json.name("shape").beginArray();
        for (long size : tensor.shape()) {
            json.value(size);
        }
        json.endArray();
        json.name("data_offsets").beginArray();
        json.value(begin).value(begin + tensor.data().remaining());
        json.endArray().endObject();
    }

    private Map<String, Long> begins() {
        Map<String, Long> begins = new HashMap<>();
        long position = 0;
        for (StoredTensor tensor : layout) {
            if (tensor.name().equals(HeaderParser.METADATA_KEY)) {
                throw new IllegalArgumentException("A tensor cannot be named " + HeaderParser.METADATA_KEY);
            }
            if (begins.put(tensor.name(), position) != null) {
                throw new IllegalArgumentException("Two tensors are named '" + tensor.name() + "'");
            }
            position += tensor.data().remaining();
        }
        return begins;
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
