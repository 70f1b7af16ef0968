package io.github.transfuse.torch;

import io.github.transfuse.engine.Batch;
import io.github.transfuse.engine.NetworkInfo;
import io.github.transfuse.engine.WatchedNetwork;
import io.github.transfuse.model.ActivationRanges;
import io.github.transfuse.torch.infer.WatchedForm;

/**
 * An opened network that is watched.
 *
 * @param network computes
 * @param form that it computes with
 */
record TorchWatchedNetwork(TorchNetwork network, WatchedForm form) implements WatchedNetwork {

    @Override
    public NetworkInfo info() {
        return network.info();
    }

    @Override
    public Batch predict(Batch tiles) {
        return network.predict(tiles);
    }

    @Override
    public ActivationRanges ranges() {
        return form.ranges();
    }

    @Override
    public void close() {
        network.close();
    }
}
