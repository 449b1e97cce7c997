package app.headlight.web.links;

import app.headlight.ground.addresses.ViewAddress;
import app.headlight.services.findings.ShortLinks;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Answers {@code /s/CODE}, which leads to a view and has a preview of it. */
@Controller
class ShortLinkController {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private final ShortLinks links;
    private final Previews previews;
    private final PreviewPictures pictures;

    ShortLinkController(ShortLinks links, Previews previews, PreviewPictures pictures) {
        this.links = links;
        this.previews = previews;
        this.pictures = pictures;
    }

    /** The same page for everybody, since browsers and programs that make previews cannot be told apart reliably. */
    @GetMapping("/s/{code}")
    ResponseEntity<String> open(@PathVariable String code, HttpServletRequest request) {
        Optional<String> address = address(code);
        if (address.isEmpty()) {
            return ResponseEntity.status(HttpStatus.NOT_FOUND)
                    .contentType(HTML)
                    .body(LinkPage.nowhere(request.getContextPath() + "/"));
        }
        String link = ServletUriComponentsBuilder.fromContextPath(request)
                .pathSegment("s", code)
                .build()
                .encode()
                .toUriString();
        return ResponseEntity.ok()
                .contentType(HTML)
                .body(LinkPage.leadingTo(
                        request.getContextPath() + "/",
                        address.get(),
                        previews.of(address.get()),
                        link + "/preview.png",
                        link));
    }

    @GetMapping("/s/{code}/preview.png")
    ResponseEntity<byte[]> picture(@PathVariable String code) {
        return address(code)
                .map(address ->
                        ResponseEntity.ok().contentType(MediaType.IMAGE_PNG).body(pictures.png(address)))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }

    private Optional<String> address(String code) {
        return links.address(code).filter(ViewAddress::isOwn);
    }
}
