package io.github.transfuse.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.transfuse.engine.EpochReport;
import io.github.transfuse.engine.TrainingListener.Request;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TrainTrialTest {
    @Test
    void itEndsAfterAMinuteButNotBeforeThereIsSomethingToSee() {
        AtomicLong now = new AtomicLong(5);
        TrainTrial.Minute minute = new TrainTrial.Minute(now::get);
        now.addAndGet(61_000_000_000L);
        assertEquals(Request.CONTINUE, minute.request());
        EpochReport.Scores scores = new EpochReport.Scores(1, 0.5, 0.4);
        minute.epoch(new EpochReport(1, 9, scores, scores, new EpochReport.Timing(1, 1, 0, true, List.of())));
        assertEquals(Request.STOP, minute.request());
        now.addAndGet(-2_000_000_000L);
        assertEquals(Request.CONTINUE, minute.request());
    }
}
