import io.github.transfuse.TransFuse;
import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.TrainingListener;
import io.github.transfuse.model.ModelFolder;
import io.github.transfuse.settings.Settings;

/** Trains a model: {@code TrainModel IMAGES MASKS MODEL EPOCHS}. */
public class TrainModel {
    public static void main(String[] args) throws Exception {
        Settings settings = Settings.training()
                .with("images", args[0])
                .with("masks", args[1])
                .with("output", args[2])
                .with("epochs", args[3]);
        ModelFolder model = TransFuse.train(settings, new TrainingListener() {
            @Override
            public void epoch(EpochReport report) {
                System.out.println("Epoch " + report.epoch());
            }

            @Override
            public void note(String sentence) {
                System.out.println(sentence);
            }
        });
        System.out.println("Wrote the model " + model.spec().identity().name());
    }
}
