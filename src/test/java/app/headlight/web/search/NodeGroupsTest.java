package app.headlight.web.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Config;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeGroupsTest {

    private static final String TWO = "previous token heads:L0H0,L0H1;induction:L1H3";

    @Test
    void groupsAreInTheAddressAndReadFromIt() {
        SearchState state = SearchState.FIRST.with(
                SearchState.GROUPS,
                NodeGroups.NONE.with(" previous token heads", "L0H0, L0H1,").with("induction", "L1H3"));
        assertThat(SearchState.at(state.address())).isEqualTo(state);
        assertThat(state).isEqualTo(SearchState.of(Map.of("groups", TWO)));
        assertThat(SearchState.FIRST.address()).doesNotContain("groups");
    }

    @Test
    void aNodeIsInOneGroupAlone() {
        NodeGroups groups = NodeGroups.NONE
                .with("a", "L0H0,L0H1")
                .with("b", "L1H0")
                .with("c", "L0H1,L1H0")
                .with("a", "L0H0,MLP1");
        assertThat(groups.groups())
                .containsExactly(
                        new NodeGroups.Group("c", List.of("L0H1", "L1H0")),
                        new NodeGroups.Group("a", List.of("L0H0", "MLP1")));
        assertThat(groups.without("c").groups()).hasSize(1);
        Config config = Config.builder().sizes(2, 8, 1, 8, 9, 4).build();
        assertThat(groups.notIn(config)).containsExactly("L0H1", "MLP1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ''  | L0H0  | a group's name is “”
        a:b | L0H0  | a group's name is “a:b”
        a   | ' , ' | the group “a” has no heads
        a   | embed | “embed” is no head such as L0H0
        a   | L0    | L0
        """)
    void whatIsNoGroupIsRefused(String name, String nodes, String why) {
        assertThatThrownBy(() -> NodeGroups.NONE.with(name, nodes))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", ":L0H0", "a:", "a:x", "a:L0H0;;b:L0H1"})
    void whatIsNoGroupInAnAddressIsSaid(String text) {
        SearchState state = SearchState.of(Map.of("groups", text));
        assertThat(state.get(SearchState.GROUPS)).isEqualTo(NodeGroups.NONE);
        assertThat(state.query().notices())
                .containsExactly("The address says groups=" + text + ", which is not a value of it; none is used.");
    }
}
