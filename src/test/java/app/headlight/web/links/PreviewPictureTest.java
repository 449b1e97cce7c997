package app.headlight.web.links;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.SharedServer;
import app.headlight.XssPayloads;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.findings.ShortLinks;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.web.view.Address;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

class PreviewPictureTest extends SharedServer {

    private static final String SENTENCE = "Uncle Henry and Aunt Mary came home. Then Uncle Henry and Aunt";

    @Autowired
    private ShortLinks links;

    @Autowired
    private ModelLibrary library;

    @LocalServerPort
    private int port;

    @Test
    void isAPngOfTheSizeThatSitesAskFor() throws Exception {
        HttpResponse<byte[]> answer = get(view("storybook-2l", "L1H3", SENTENCE));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("image/png");
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(answer.body()));
        assertThat(picture.getWidth()).isEqualTo(1200);
        assertThat(picture.getHeight()).isEqualTo(630);
        assertThat(colours(picture)).as("not blank").hasSizeGreaterThan(50);
        assertThat(dark(picture, 0, 20, 900, 125)).as("a title").isGreaterThan(500);
        assertThat(dark(picture, 60, 150, 250, 590)).as("tokens").isGreaterThan(500);
    }

    @Test
    void showsThePatternThatTheModelComputes() throws Exception {
        OpenModel model = library.open("storybook-2l").orElseThrow();
        int[] tokens = model.prompt(SENTENCE).tokens();
        for (String head : List.of("L0H2", "L1H3")) {
            FMatrixRMaj pattern = model.transformer()
                    .run(tokens, List.of())
                    .pattern(HeadId.parse(head))
                    .copy();
            BufferedImage picture = picture(view("storybook-2l", head, SENTENCE));
            int seen = 0;
            // The matrix is the square at the right; the cell of the line that is selected, the last row's, is framed.
            double cell = 440.0 / tokens.length;
            for (int t = 0; t < tokens.length - 1; t++) {
                for (int s = 0; s < tokens.length; s++) {
                    int x = (int) (696 + 8 + (s + 0.5) * cell);
                    int y = (int) (140 + 8 + (t + 0.5) * cell);
                    double weight = s > t ? 0 : pattern.get(t, s);
                    Color colour = new Color(picture.getRGB(x, y));
                    // From white to #4a37c8: red goes from 255 to 74.
                    assertThat((255 - colour.getRed()) / 181.0)
                            .as("%s at %d, %d", head, t, s)
                            .isBetween(weight - 0.01, weight + 0.01);
                    seen += weight > 0.3 ? 1 : 0;
                }
            }
            assertThat(seen).isGreaterThan(3);
        }
    }

    @Test
    void eachHeadSentenceAndModelHasItsOwn() throws Exception {
        List<String> views = List.of(
                view("storybook-2l", "L0H0", SENTENCE),
                view("storybook-2l", "L1H3", SENTENCE),
                view("storybook-2l", "L1H3", "The king and the king"),
                view("storybook-1l", "L0H0", SENTENCE),
                view("storybook-2l", "L1H3", "The king and the queen sat. ".repeat(12)),
                view("storybook-0l", "", SENTENCE),
                "circuits?model=storybook-2l",
                "circuits?model=storybook-1l",
                "circuits?model=storybook-2l&head=L1H2",
                "models",
                "explore?model=" + LONG_MODEL + "&text=" + "7%209%20".repeat(250));
        Set<List<Integer>> different = new HashSet<>();
        for (String view : views) {
            BufferedImage picture = picture(view);
            assertThat(colours(picture)).as(view).hasSizeGreaterThan(10);
            int[] pixels = picture.getRGB(0, 0, 1200, 630, null, 0, 1200);
            different.add(List.of(java.util.Arrays.hashCode(pixels)));
        }
        assertThat(different).hasSameSizeAs(views);
    }

    @Test
    void whateverIsWrittenCanBeDrawn() throws Exception {
        List<String> payloads = XssPayloads.all();
        for (int i = 0; i + 5 <= payloads.size(); i += 5) {
            String some = String.join(" ", payloads.subList(i, i + 5));
            assertThat(get("explore?model=storybook-1l&text=" + Address.escaped(some))
                            .statusCode())
                    .as(some)
                    .isEqualTo(200);
        }
        assertThat(get("explore?model=storybook-1l&text=" + Address.escaped("שלום 你好 😀\u0301 \u202e x"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(get("explore?text=").statusCode()).isEqualTo(200);
    }

    private static String view(String model, String head, String sentence) {
        return "explore?model=" + model + "&text=" + Address.escaped(sentence)
                + (head.isEmpty() ? "" : "&heads=" + head);
    }

    private BufferedImage picture(String view) throws Exception {
        return ImageIO.read(new ByteArrayInputStream(get(view).body()));
    }

    private HttpResponse<byte[]> get(String view) throws Exception {
        URI address = URI.create("http://localhost:" + port + "/s/" + links.code(null, view) + "/preview.png");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static Set<Integer> colours(BufferedImage picture) {
        Set<Integer> colours = new HashSet<>();
        for (int pixel : picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth())) {
            colours.add(pixel);
        }
        return colours;
    }

    private static long dark(BufferedImage picture, int left, int top, int right, int bottom) {
        long dark = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                Color colour = new Color(picture.getRGB(x, y));
                dark += colour.getRed() + colour.getGreen() + colour.getBlue() < 240 ? 1 : 0;
            }
        }
        return dark;
    }
}
