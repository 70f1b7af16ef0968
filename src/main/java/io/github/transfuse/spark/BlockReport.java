package io.github.transfuse.spark;

import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.NetworkInfo;
import io.github.transfuse.engine.Precision;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * How a task of parts of an image went.
 *
 * @param networks how each was open
 * @param seconds that the parts took, opening the network not counted
 * @param tiles that were computed
 */
record BlockReport(List<Open> networks, double seconds, long tiles) implements Serializable {
    BlockReport {
        networks = List.copyOf(networks);
    }

    /** A {@link NetworkInfo} that travels. */
    record Open(String device, String precision, List<String> notes) implements Serializable {
        static Open of(NetworkInfo info) {
            return new Open(info.device().toString(), info.precision().name(), List.copyOf(info.notes()));
        }

        NetworkInfo info() {
            return new NetworkInfo(
                    Device.of(device), Precision.valueOf(precision.toUpperCase(Locale.ROOT)), List.copyOf(notes));
        }
    }
}
