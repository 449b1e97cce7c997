package app.headlight.web.errors;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.engine.refusal.Refusal;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class ServerErrorsTest {

    @Test
    void aPageShowsTheMessageOfARefusalOnly() {
        assertThat(ServerErrors.notice(new IllegalStateException(new Refusal("step is -1; expected 0 or more"))))
                .isEqualTo("step is -1; expected 0 or more");
        assertThat(ServerErrors.notice(new IllegalArgumentException("index 7 of 5")))
                .isEqualTo("Something went wrong in the server; its log says what it was.");
        assertThat(ServerErrors.notice(new DataAccessResourceFailureException("refused to 10.0.0.7")))
                .startsWith("The database cannot be reached")
                .doesNotContain("10.0.0.7");
    }
}
