package io.github.transfuse;

import io.github.transfuse.image.CalibratedImage;
import io.github.transfuse.inference.Inference;
import io.github.transfuse.inference.NetworkParts;
import io.github.transfuse.model.ModelSpec;
import io.github.transfuse.progress.Progress;
import io.github.transfuse.segmentation.Ensemble;
import io.github.transfuse.segmentation.Eye;
import io.github.transfuse.segmentation.InferenceContext;
import io.github.transfuse.segmentation.KnownPlanes;
import io.github.transfuse.segmentation.LabelRules;
import io.github.transfuse.segmentation.LimitedResult;
import io.github.transfuse.segmentation.Limits;
import io.github.transfuse.segmentation.ModelSettings;
import io.github.transfuse.segmentation.ObjectRules;
import io.github.transfuse.segmentation.Segmenter;
import io.github.transfuse.segmentation.Statistics;
import io.github.transfuse.segmentation.Surroundings;
import io.github.transfuse.settings.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How images are segmented with a model, or with several together.
 *
 * @param ensemble the models with their networks
 * @param settings that change their rules
 * @param given what is settled before an image is looked at
 */
record OneImage(Ensemble ensemble, Settings settings, InferenceContext given) {

    /** Segments an image, and says in the result how. */
    Segmentation segment(CalibratedImage image, Progress progress) throws IOException {
        long start = System.nanoTime();
        // models of one kind say the same of an image
        Set<String> notes = knownNotes();
        ModelSpec first = ensemble.first().spec();
        List<NetworkParts> seen = new ArrayList<>();
        for (Ensemble.Member member : ensemble.members()) {
            ModelSettings chosen = chosen(member);
            seen.add(chosen.preparation(notes::add, given.normalization()).planes(image));
            chosen.aboutColours(image).ifPresent(notes::add);
        }
        NetworkParts planes = seen.get(0);
        Limits limits = Limits.of(image, planes.orientation(), given.selected(), settings);
        notes.addAll(ensemble.notes());
        LabelRules rules = LabelRules.of(first.output(), settings, ObjectRules.of(planes.image(), settings));
        rules.objects().note(planes).ifPresent(notes::add);
        limits.note().ifPresent(notes::add);
        Surroundings needed = ensemble.isSeveral()
                ? Surroundings.everything()
                : Surroundings.of(limits, planes, new ModelSettings(first, settings), rules);
        List<Eye> eyes = eyes(seen, given.within(needed), notes);
        Segmenter.Result result = new Segmenter(eyes, rules, given.known(), notes::add)
                .run(new LimitedResult(limits, needed), first.network().classes(), progress);
        double elsewhere = given.known().map(KnownPlanes::seconds).orElse(0.0);
        double seconds = (System.nanoTime() - start) * 1e-9 + elsewhere;
        List<Inference.Counts> counts = given.known()
                .map(known -> List.of(known.counts()))
                .orElseGet(
                        () -> eyes.stream().map(eye -> eye.inference().counts()).toList());
        Statistics statistics = ensemble.statistics(counts, seconds);
        return new Segmentation(
                result.labels(),
                rules.kind(),
                planes.resultAxes(),
                image.sliceLabels(),
                result.probabilities(),
                result.objects(),
                planes.orientation(),
                new Provenance(ensemble.models(), settings, planes.normalization(), statistics, List.copyOf(notes)));
    }

    /** Those of an image that was prepared before come first, in their order. */
    private Set<String> knownNotes() {
        return new LinkedHashSet<>(given.known().map(KnownPlanes::notes).orElse(List.of()));
    }

    private ModelSettings chosen(Ensemble.Member member) {
        return new ModelSettings(member.model().spec(), settings);
    }

    private List<Eye> eyes(List<NetworkParts> seen, InferenceContext needed, Set<String> notes) throws IOException {
        List<Eye> eyes = new ArrayList<>();
        for (int i = 0; i < seen.size(); i++) {
            Ensemble.Member member = ensemble.members().get(i);
            eyes.add(new Eye(
                    chosen(member).inference(member.network(), needed, notes::add),
                    member.model().spec().input().sampling().mode(),
                    seen.get(i)));
        }
        return eyes;
    }
}
