package app.headlight.services.lab;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.SharedServer;
import app.headlight.engine.circuits.DetectorScores;
import app.headlight.engine.circuits.RepeatedTokens;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.models.Memory;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.ModelRef;
import app.headlight.services.models.OpenModel;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class KeptValuesTest extends SharedServer {

    @Autowired
    private ModelLibrary library;

    @Autowired
    private KeptValues kept;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void theScoresOfHeadsAreMeasuredOnceAndReadByTheNextProcess() {
        OpenModel model = library.open("storybook-2l").orElseThrow();
        Map<HeadId, DetectorScores> measured =
                DetectorScores.of(model.transformer(), RepeatedTokens.of(model.config()));
        jdbc.sql("delete from kept_value").update();
        assertThat(inANewProcess(model)).isEqualTo(measured);
        assertThat(new ArrayList<>(inANewProcess(model).entrySet()))
                .as("read, to the last bit and in the same order")
                .isEqualTo(new ArrayList<>(measured.entrySet()));
        // What is kept is what is answered: the second time nothing is measured.
        jdbc.sql("update kept_value set kept = 'L0H0 0.5 0.25 0.125 1.0' where what = 'detector scores'")
                .update();
        assertThat(inANewProcess(model)).isEqualTo(Map.of(new HeadId(0, 0), new DetectorScores(0.5, 0.25, 0.125, 1)));
        assertThat(inANewProcess(library.open("storybook-2l", 0).orElseThrow()))
                .as("another step of the training has values of its own")
                .hasSize(measured.size());
        jdbc.sql("delete from kept_value").update();
    }

    @Test
    void whatIsKeptOfAModelThatIsNoLongerStoredGoes() {
        ModelRef gone = new ModelRef("gone", "0".repeat(64), -1);
        ModelRef stored = library.open("storybook-1l").orElseThrow().ref();
        kept.keep(gone, "something", "of no model");
        kept.keep(stored, "something", "of a model");
        kept.keep(stored, "something", "again, as another server does at the same time");
        assertThat(kept.find(gone, "something")).isEmpty();
        assertThat(kept.find(stored, "something")).contains("of a model");
        jdbc.sql("delete from kept_value where what = 'something'").update();
    }

    private Map<HeadId, DetectorScores> inANewProcess(OpenModel model) {
        Laboratory lab = new Laboratory(new Memory(45), () -> "somebody", kept, 2);
        try {
            return new HeadScores(lab).of(model);
        } finally {
            lab.close();
        }
    }
}
