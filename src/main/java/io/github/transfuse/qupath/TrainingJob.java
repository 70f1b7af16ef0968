package io.github.transfuse.qupath;

import io.github.transfuse.TransFuse;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.settings.Settings;
import io.github.transfuse.slide.Learned;
import io.github.transfuse.slide.TrainingRequest;
import io.github.transfuse.slide.TrainingSet;
import io.github.transfuse.view.TrainingPictures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Looks at annotations, writes their regions and learns them: for the dialog and for scripts.
 *
 * @param request what was asked for
 * @param images that may have regions
 */
record TrainingJob(TrainingRequest request, List<TrainingImage> images) {

    /**
     * What there is to learn.
     *
     * @throws io.github.transfuse.slide.SlideException if there is nothing, or an image cannot be opened
     */
    TrainingData look() throws IOException {
        return TrainingData.of(images, request.export(), request.start().pixelSize())
                .requireSomething();
    }

    /**
     * A model that was trained.
     *
     * @param folder of the model
     * @param regions that were written
     */
    record Trained(Path folder, int regions) {}

    /**
     * Trains on this thread.
     *
     * @param listener is told everything, and may ask to stop
     * @throws IOException if a file cannot be read or written
     */
    Trained run(TrainingListener listener) throws IOException {
        TrainingData data = look();
        Learned learned = request.start().learned(data.counts());
        data.sentences(learned).forEach(listener::note);
        request.aboutFolder().ifPresent(listener::note);
        TrainingSet.discard(request.trainingSet());
        int regions = data.write(request.trainingSet(), learned);
        listener.note("Regions were written to " + request.trainingSet() + ": " + regions + ".");
        TransFuse.loadEngine((done, total) -> listener.request() != TrainingListener.Request.STOP);
        Settings settings = request.settings();
        return new Trained(
                TransFuse.train(settings, TrainingPictures.beside(settings, listener))
                        .path(),
                regions);
    }
}
