package io.github.transfuse;

import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.inference.Inference;
import io.github.transfuse.inference.Planes;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.progress.Progress;
import io.github.transfuse.segmentation.Beforehand;
import io.github.transfuse.segmentation.LabelRules;
import io.github.transfuse.segmentation.LimitedResult;
import io.github.transfuse.segmentation.Limits;
import io.github.transfuse.segmentation.ModelSettings;
import io.github.transfuse.segmentation.NetworkHolder;
import io.github.transfuse.segmentation.ObjectRules;
import io.github.transfuse.segmentation.Segmenter;
import io.github.transfuse.segmentation.Statistics;
import io.github.transfuse.segmentation.Surroundings;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How images are segmented with a model.
 *
 * @param model with its rules
 * @param settings that change them
 * @param given what is settled before an image is looked at
 * @param network opened when it is needed
 */
record OneImage(ModelFolder model, Settings settings, Beforehand given, NetworkHolder network) {

    /** Segments an image, and says in the result how. */
    Segmentation segment(CalibratedImage image, Progress progress) throws IOException {
        long start = System.nanoTime();
        List<String> notes = new ArrayList<>();
        ModelSettings chosen = new ModelSettings(model.spec(), settings);
        Planes planes = chosen.preparation(notes::add, given.normalization()).planes(image);
        chosen.aboutColours(image).ifPresent(notes::add);
        Limits limits = Limits.of(image, planes.orientation(), given.selected(), settings);
        notes.addAll(network.info().notes());
        LabelRules rules = LabelRules.of(model.spec().output(), settings, ObjectRules.of(planes.image(), settings));
        rules.objects().note(planes).ifPresent(notes::add);
        limits.note().ifPresent(notes::add);
        Surroundings needed = Surroundings.of(limits, planes, chosen, rules);
        Inference inference = chosen.inference(network, given.within(needed), notes::add);
        Segmenter segmenter =
                new Segmenter(inference, model.spec().input().sampling().mode(), rules, notes::add);
        Segmenter.Result result = segmenter.run(
                planes,
                new LimitedResult(limits, needed),
                model.spec().network().classes(),
                progress);
        double seconds = (System.nanoTime() - start) * 1e-9;
        Statistics statistics = Statistics.of(inference.counts(), network.largest(), seconds, network.info());
        return new Segmentation(
                result.labels(),
                rules.kind(),
                planes.resultAxes(),
                image.sliceLabels(),
                result.probabilities(),
                result.objects(),
                planes.orientation(),
                new Provenance(model, settings, planes.normalization(), statistics, notes));
    }
}
