package app.headlight.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    @Test
    void whatIsLeftOutIsAsInTheRecipeOfTheStories() {
        Arguments arguments = Arguments.of(List.of("name=a", "text=b.txt", "validation=c.txt", "layers=1", "heads=8"));
        assertThat(arguments.recipe().layers()).isEqualTo(1);
        assertThat(arguments.recipe().dHead()).isEqualTo(16);
        assertThat(arguments.recipe().twice()).isEqualTo(Recipe.stories().twice());
        assertThat(arguments.tokenizer()).isNull();
        assertThat(arguments.out()).isEqualTo(Path.of("db", "models"));
    }

    @Test
    void whatCannotBeReadIsSaid() {
        assertThatThrownBy(() -> Arguments.of(List.of("layers"))).hasMessageContaining("layers=2");
        assertThatThrownBy(() -> Arguments.of(List.of("text=b"))).hasMessageContaining("name");
        assertThatThrownBy(() -> Arguments.of(List.of("name=a", "text=b", "validation=c", "layers=two")))
                .hasMessageContaining("“two”");
        assertThatThrownBy(() -> Arguments.of(List.of("name=a", "text=b", "validation=c", "layer=2")))
                .hasMessageContaining("[layer]")
                .hasMessageContaining("layers");
    }
}
