package io.github.transfuse.model;

import io.github.transfuse.network.Variant;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The model inside the plugin's jar that learned many tasks as one, from which trainings start that no other model is
 * nearer to. It is none to segment with, and so in no list of models. Its outputs mean "what stands out".
 */
public final class GeneralStart {

    /** What the setting {@code start_from} calls it. */
    public static final String NAME = "general";

    /** What it learned, for people. */
    public static final String WORDS = "skin, nuclei, vessels and spinal cords";

    private GeneralStart() {}

    /** Whether models of a variant can start from it: T, and TFINE but for its last step. */
    public static boolean fits(Variant variant) {
        return variant.scales().axes() == 2 && ImagenetBranches.fit(variant);
    }

    /**
     * Opens it; it is unpacked first.
     *
     * @throws IOException if the plugin's jar is damaged, or it cannot be unpacked
     */
    public static ModelFolder open() throws IOException {
        Path cache = ModelCatalogue.cache().resolve("starts");
        return new BundledModels("/backbones", cache).open(NAME);
    }
}
