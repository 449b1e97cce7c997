package app.headlight.web.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.engine.refusal.Refusal;
import app.headlight.ground.people.NotAllowedException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class TroubleTest {

    private final Trouble trouble = new Trouble();

    @Test
    void whatIsRefusedIsShownAsASentence() {
        assertThat(trouble.tried(() -> {
                    throw new Refusal("the title has 230 characters; at most 200 are kept");
                }))
                .isFalse();
        assertThat(trouble.getText()).isEqualTo("The title has 230 characters; at most 200 are kept.");
        trouble.tried(() -> {
            throw NotAllowedException.stranger();
        });
        assertThat(trouble.getText()).isEqualTo("Sign in to do this.");
        assertThat(trouble.tried(() -> {})).isTrue();
        assertThat(trouble.getText()).isEmpty();
    }

    @Test
    void aFaultOfTheProgramIsNotShown() {
        assertThatThrownBy(() -> trouble.tried(() -> {
                    throw new IllegalArgumentException("index 7 of 5");
                }))
                .hasMessage("index 7 of 5");
        assertThat(trouble.getText()).isEmpty();
    }

    @Test
    void aDatabaseThatIsGoneIsSaid() {
        trouble.tried(() -> {
            throw new DataAccessResourceFailureException("connection refused to 10.0.0.7");
        });
        assertThat(trouble.getText()).startsWith("Nothing was stored").doesNotContain("10.0.0.7");
    }
}
