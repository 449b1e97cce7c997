package app.headlight.services.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.services.findings.FindingsExport.Format;
import app.headlight.services.findings.Weights.Now;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A finding is about the weights that its model had when it was written. */
class WeightsTest extends OnBothDatabases {

    private static final String FIRST = "a".repeat(64);
    private static final String SECOND = "b".repeat(64);

    @Test
    void theyAreComparedWithThoseThatTheModelHasNow() {
        Finding before = node.findings.add(ada, Node.content("before it was stored", "L0H0"));
        assertThat(before.weights()).isEqualTo(new Weights(null, Now.GONE));
        node.model("toy", FIRST);
        Finding finding = node.findings.add(ada, Node.content("one", "L0H0"));
        assertThat(finding.weights()).isEqualTo(new Weights(FIRST, Now.SAME));
        assertThat(now(before)).isEqualTo(new Weights(null, Now.UNKNOWN));

        node.model("toy", SECOND);
        assertThat(now(finding)).isEqualTo(new Weights(FIRST, Now.OTHERS));
        node.findings.edit(ada, finding.id(), 1, Node.content("two", "L0H0"));
        assertThat(node.findings.versions(finding.id()))
                .extracting(version -> version.weights().now())
                .containsExactly(Now.SAME, Now.OTHERS);

        node.jdbc.sql("delete from model").update();
        assertThat(now(finding)).isEqualTo(new Weights(SECOND, Now.GONE));
        assertThat(node.search.page(FindingQuery.all(9)).findings())
                .extracting(each -> each.weights().now())
                .containsOnly(Now.GONE);
    }

    @Test
    void filesTellOfThemAndBringThemBack() {
        node.model("toy", FIRST);
        Finding finding = node.findings.add(ada, Node.content("one", "L0H0"));
        node.model("toy", SECOND);
        String json = node.export.model("toy", Format.JSON);
        assertThat(json).contains("\"model_hash\" : \"" + FIRST + "\"");
        assertThat(node.export.model("toy", Format.CSV)).contains(FIRST + ",others,");
        assertThat(node.export.model("toy", Format.MARKDOWN)).contains("other weights now");

        node.jdbc.sql("delete from finding").update();
        node.imports.read(ben, json.getBytes(StandardCharsets.UTF_8));
        assertThat(node.findings.find(finding.uuid()).orElseThrow().weights())
                .isEqualTo(new Weights(FIRST, Now.OTHERS));
        assertThatThrownBy(() ->
                        node.imports.read(ben, json.replace(FIRST, "no hash").getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("64 hexadecimal digits");
        node.jdbc.sql("delete from finding").update();
        node.imports.read(
                ben, json.replaceAll(",\\s*\"model_hash\" : \"\\w+\"", "").getBytes(StandardCharsets.UTF_8));
        assertThat(node.findings.find(finding.uuid()).orElseThrow().weights())
                .isEqualTo(new Weights(null, Now.UNKNOWN));
    }

    private Weights now(Finding finding) {
        return node.findings.find(finding.id()).orElseThrow().weights();
    }
}
