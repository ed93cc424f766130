package org.voucherledger.api.schemefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.regex.Pattern;
import org.voucherledger.api.schemefile.LocatedDocument.Places;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads YAML as JSON with another spelling: only {@code true}, {@code false}, {@code null} and JSON's numbers are not texts,
 * so that a date stays a date and {@code no} stays a word; nothing is said twice; nothing stands for something else.
 */
final class YamlSource {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,17})\\.[0-9]{1,18}");
    private static final int DEEPEST = 20;

    private final Places places = new Places();
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private YamlSource() {}

    /** @throws SchemeFileFaulty at the first thing that is no YAML, or more than is read here */
    static LocatedDocument read(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(DEEPEST);
        try {
            Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
            if (root == null) {
                throw SchemeFileFaulty.at(Place.START, "", "文件是空的", "the file is empty");
            }
            YamlSource source = new YamlSource();
            return source.places.document(source.json(root, ""));
        } catch (MarkedYAMLException notYaml) {
            throw SchemeFileFaulty.at(
                    place(notYaml.getProblemMark()),
                    "",
                    "不是有效的 YAML：" + notYaml.getProblem(),
                    "not YAML: " + notYaml.getProblem());
        } catch (YAMLException notYaml) {
            throw SchemeFileFaulty.at(
                    Place.START, "", "不是有效的 YAML：" + notYaml.getMessage(), "not YAML: " + notYaml.getMessage());
        }
    }

    private JsonNode json(Node node, String pointer) {
        Place place = place(node.getStartMark());
        places.put(pointer, place);
        if (!seen.add(node)) {
            throw SchemeFileFaulty.at(
                    place, pointer, "不支持锚点和引用，请写出全部内容", "anchors and aliases are not read here; write it out");
        }
        if (node instanceof MappingNode mapping) {
            return object(mapping, pointer);
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode list = JSON.arrayNode();
            for (Node entry : sequence.getValue()) {
                list.add(json(entry, pointer + "/" + list.size()));
            }
            return list;
        }
        return scalar((ScalarNode) node);
    }

    private ObjectNode object(MappingNode mapping, String pointer) {
        ObjectNode object = JSON.objectNode();
        for (NodeTuple member : mapping.getValue()) {
            Place place = place(member.getKeyNode().getStartMark());
            if (!(member.getKeyNode() instanceof ScalarNode name)) {
                throw SchemeFileFaulty.at(place, pointer, "名称须为文本", "a name must be a text");
            }
            String inside = Places.member(pointer, name.getValue());
            if (object.has(name.getValue())) {
                throw SchemeFileFaulty.at(place, inside, "重复出现", "is said twice");
            }
            places.put(inside, place);
            object.set(name.getValue(), json(member.getValueNode(), inside));
        }
        return object;
    }

    private static JsonNode scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
            return JSON.textNode(text);
        }
        return switch (text) {
            case "true" -> JSON.booleanNode(true);
            case "false" -> JSON.booleanNode(false);
            case "", "~", "null" -> JSON.nullNode();
            default -> number(text);
        };
    }

    private static JsonNode number(String text) {
        if (WHOLE.matcher(text).matches()) {
            return JSON.numberNode(new BigInteger(text).longValueExact());
        }
        return DECIMAL.matcher(text).matches() ? JSON.numberNode(new BigDecimal(text)) : JSON.textNode(text);
    }

    private static Place place(Mark mark) {
        return mark == null ? Place.START : new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
