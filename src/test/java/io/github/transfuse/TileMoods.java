package io.github.transfuse;

import io.github.transfuse.engine.Batch;
import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.Network;
import io.github.transfuse.engine.NetworkInfo;
import io.github.transfuse.engine.Precision;
import java.util.ArrayList;
import java.util.List;

/** A network in which each pixel depends on all of its tile, as a Transformer's do: where tiles lie changes the result. */
final class TileMoods implements Network {
    final List<int[]> shapes = new ArrayList<>();

    /** How many were computed. */
    long tiles() {
        return shapes.stream().mapToLong(shape -> shape[0]).sum();
    }

    @Override
    public NetworkInfo info() {
        return new NetworkInfo(Device.CPU, Precision.FLOAT32, List.of());
    }

    @Override
    public Batch predict(Batch tiles) {
        int[] shape = tiles.shape();
        shapes.add(shape.clone());
        Batch logits = Batch.allocate(shape);
        int perTile = (int) (tiles.count() / shape[0]);
        int start = tiles.values().position();
        for (int tile = 0; tile < shape[0]; tile++) {
            double sum = 0;
            for (int i = 0; i < perTile; i++) {
                sum += tiles.values().get(start + tile * perTile + i);
            }
            float mood = (float) Math.sin(sum);
            for (int i = 0; i < perTile; i++) {
                float value = tiles.values().get(start + tile * perTile + i);
                logits.values().put(tile * perTile + i, 6 * value + mood);
            }
        }
        return logits;
    }

    @Override
    public void close() {
        // holds nothing
    }
}
