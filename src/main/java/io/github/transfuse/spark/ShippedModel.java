package io.github.transfuse.spark;

import io.github.transfuse.TransFuse;
import io.github.transfuse.model.ModelCatalogue;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.model.ModelLibrary;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkFiles;

/**
 * A model for executors: the name of one that every jar of the program has, or a zip that Spark brings to each.
 *
 * @param name of the model or of the zip
 * @param brought whether it is a zip
 */
record ShippedModel(String name, boolean brought) implements Serializable {
    /** Gives all models that answer together. */
    static List<ShippedModel> of(TransFuse model, Path folder, SparkContext spark) throws IOException {
        List<ShippedModel> shipped = new ArrayList<>();
        for (ModelFolder member : model.members()) {
            shipped.add(of(member, folder, spark));
        }
        return shipped;
    }

    /**
     * Gives a model to all executors.
     *
     * @param folder for the zip; it stays until the run is over
     * @throws IOException if the model cannot be read, or the zip cannot be written
     */
    static ShippedModel of(ModelFolder model, Path folder, SparkContext spark) throws IOException {
        if (ModelCatalogue.standard().isBundled(model)) {
            return new ShippedModel(model.spec().identity().name(), false);
        }
        // Spark takes no second file of the same name, and a zip holds the time
        String name = "transfuse-model-" + UUID.randomUUID() + ".zip";
        Path zip = folder.resolve(name);
        ModelLibrary.standard().pack(model.path().toString(), zip);
        spark.addFile(zip.toString());
        return new ShippedModel(name, true);
    }

    /** What the executor opens. */
    String place() {
        return brought ? SparkFiles.get(name) : name;
    }
}
