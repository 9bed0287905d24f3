/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError, $TypeError = $util.global.TypeError, $String = $util.global.String, $Number = $util.global.Number, $parseInt = $util.global.parseInt, $Array = $util.global.Array, $BigInt = $util.global.BigInt, $Boolean = $util.global.Boolean;

// Exported root namespace
const $root = $protobuf.roots["default"] || ($protobuf.roots["default"] = {});

export const weir = $root.weir = (() => {

    /**
     * Namespace weir.
     * @exports weir
     * @namespace
     */
    const weir = {};

    weir.bundle = (function() {

        /**
         * Namespace bundle.
         * @memberof weir
         * @namespace
         */
        const bundle = {};

        bundle.v1 = (function() {

            /**
             * Namespace v1.
             * @memberof weir.bundle
             * @namespace
             */
            const v1 = {};

            v1.SyncRequest = (function() {

                /**
                 * Properties of a SyncRequest.
                 * @typedef {Object} weir.bundle.v1.SyncRequest.$Properties
                 * @property {weir.bundle.v1.Hello.$Properties|null} [hello] SyncRequest hello
                 * @property {weir.bundle.v1.Addresses.$Properties|null} [addresses] SyncRequest addresses
                 * @property {weir.bundle.v1.Claim.$Properties|null} [claim] SyncRequest claim
                 * @property {weir.bundle.v1.Applied.$Properties|null} [applied] SyncRequest applied
                 * @property {weir.bundle.v1.SnapshotRequest.$Properties|null} [snapshotRequest] SyncRequest snapshotRequest
                 * @property {weir.bundle.v1.Counted.$Properties|null} [counted] SyncRequest counted
                 * @property {"hello"|"addresses"|"claim"|"applied"|"snapshotRequest"|"counted"} [message] SyncRequest message
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a SyncRequest.
                 * @memberof weir.bundle.v1
                 * @interface ISyncRequest
                 * @augments weir.bundle.v1.SyncRequest.$Properties
                 * @deprecated Use weir.bundle.v1.SyncRequest.$Properties instead.
                 */

                /**
                 * Narrowed shape of a SyncRequest.
                 * @typedef {{
                 *   hello?: weir.bundle.v1.Hello.$Shape|null;
                 *   addresses?: weir.bundle.v1.Addresses.$Shape|null;
                 *   claim?: weir.bundle.v1.Claim.$Shape|null;
                 *   applied?: weir.bundle.v1.Applied.$Shape|null;
                 *   snapshotRequest?: weir.bundle.v1.SnapshotRequest.$Shape|null;
                 *   counted?: weir.bundle.v1.Counted.$Shape|null;
                 *   $unknowns?: Array.<Uint8Array>;
                 * } & (
                 *   ({ message?: undefined; hello?: null; addresses?: null; claim?: null; applied?: null; snapshotRequest?: null; counted?: null }|{ message?: "hello"; hello: weir.bundle.v1.Hello.$Shape; addresses?: null; claim?: null; applied?: null; snapshotRequest?: null; counted?: null }|{ message?: "addresses"; hello?: null; addresses: weir.bundle.v1.Addresses.$Shape; claim?: null; applied?: null; snapshotRequest?: null; counted?: null }|{ message?: "claim"; hello?: null; addresses?: null; claim: weir.bundle.v1.Claim.$Shape; applied?: null; snapshotRequest?: null; counted?: null }|{ message?: "applied"; hello?: null; addresses?: null; claim?: null; applied: weir.bundle.v1.Applied.$Shape; snapshotRequest?: null; counted?: null }|{ message?: "snapshotRequest"; hello?: null; addresses?: null; claim?: null; applied?: null; snapshotRequest: weir.bundle.v1.SnapshotRequest.$Shape; counted?: null }|{ message?: "counted"; hello?: null; addresses?: null; claim?: null; applied?: null; snapshotRequest?: null; counted: weir.bundle.v1.Counted.$Shape })
                 * )} weir.bundle.v1.SyncRequest.$Shape
                 */

                /**
                 * Constructs a new SyncRequest.
                 * @memberof weir.bundle.v1
                 * @classdesc Represents a SyncRequest.
                 * @constructor
                 * @param {weir.bundle.v1.SyncRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const SyncRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * SyncRequest hello.
                 * @member {weir.bundle.v1.Hello.$Properties|null|undefined} hello
                 * @memberof weir.bundle.v1.SyncRequest
                 * @instance
                 */
                SyncRequest.prototype.hello = null;

                /**
                 * SyncRequest addresses.
                 * @member {weir.bundle.v1.Addresses.$Properties|null|undefined} addresses
                 * @memberof weir.bundle.v1.SyncRequest
                 * @instance
                 */
                SyncRequest.prototype.addresses = null;

                /**
                 * SyncRequest claim.
                 * @member {weir.bundle.v1.Claim.$Properties|null|undefined} claim
                 * @memberof weir.bundle.v1.SyncRequest
                 * @instance
                 */
                SyncRequest.prototype.claim = null;

                /**
                 * SyncRequest applied.
                 * @member {weir.bundle.v1.Applied.$Properties|null|undefined} applied
                 * @memberof weir.bundle.v1.SyncRequest
                 * @instance
                 */
                SyncRequest.prototype.applied = null;

                /**
                 * SyncRequest snapshotRequest.
                 * @member {weir.bundle.v1.SnapshotRequest.$Properties|null|undefined} snapshotRequest
                 * @memberof weir.bundle.v1.SyncRequest
                 * @instance
                 */
                SyncRequest.prototype.snapshotRequest = null;

                /**
                 * SyncRequest counted.
                 * @member {weir.bundle.v1.Counted.$Properties|null|undefined} counted
                 * @memberof weir.bundle.v1.SyncRequest
                 * @instance
                 */
                SyncRequest.prototype.counted = null;

                // OneOf field names bound to virtual getters and setters
                let $oneOfFields;

                /**
                 * SyncRequest message.
                 * @member {"hello"|"addresses"|"claim"|"applied"|"snapshotRequest"|"counted"|undefined} message
                 * @memberof weir.bundle.v1.SyncRequest
                 * @instance
                 */
                $Object.defineProperty(SyncRequest.prototype, "message", {
                    get: $util.oneOfGetter($oneOfFields = ["hello", "addresses", "claim", "applied", "snapshotRequest", "counted"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                /**
                 * Creates a new SyncRequest instance using the specified properties.
                 * @function create
                 * @memberof weir.bundle.v1.SyncRequest
                 * @static
                 * @param {weir.bundle.v1.SyncRequest.$Properties=} [properties] Properties to set
                 * @returns {weir.bundle.v1.SyncRequest} SyncRequest instance
                 * @type {{
                 *   (properties: weir.bundle.v1.SyncRequest.$Shape): weir.bundle.v1.SyncRequest & weir.bundle.v1.SyncRequest.$Shape;
                 *   (properties?: weir.bundle.v1.SyncRequest.$Properties): weir.bundle.v1.SyncRequest;
                 * }}
                 */
                SyncRequest.create = function(properties) {
                    return new SyncRequest(properties);
                };

                /**
                 * Encodes the specified SyncRequest message. Does not implicitly {@link weir.bundle.v1.SyncRequest.verify|verify} messages.
                 * @function encode
                 * @memberof weir.bundle.v1.SyncRequest
                 * @static
                 * @param {weir.bundle.v1.SyncRequest.$Properties} message SyncRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                SyncRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.hello != null && $Object.hasOwnProperty.call(message, "hello"))
                        $root.weir.bundle.v1.Hello.encode(message.hello, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.addresses != null && $Object.hasOwnProperty.call(message, "addresses"))
                        $root.weir.bundle.v1.Addresses.encode(message.addresses, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.claim != null && $Object.hasOwnProperty.call(message, "claim"))
                        $root.weir.bundle.v1.Claim.encode(message.claim, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                    if (message.applied != null && $Object.hasOwnProperty.call(message, "applied"))
                        $root.weir.bundle.v1.Applied.encode(message.applied, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                    if (message.snapshotRequest != null && $Object.hasOwnProperty.call(message, "snapshotRequest"))
                        $root.weir.bundle.v1.SnapshotRequest.encode(message.snapshotRequest, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                    if (message.counted != null && $Object.hasOwnProperty.call(message, "counted"))
                        $root.weir.bundle.v1.Counted.encode(message.counted, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a SyncRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof weir.bundle.v1.SyncRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.SyncRequest & weir.bundle.v1.SyncRequest.$Shape} SyncRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                SyncRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weir.bundle.v1.SyncRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.hello = $root.weir.bundle.v1.Hello.decode(reader, reader.size(), $undefined, _depth + 1, message.hello);
                                message.message = "hello";
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.addresses = $root.weir.bundle.v1.Addresses.decode(reader, reader.size(), $undefined, _depth + 1, message.addresses);
                                message.message = "addresses";
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.claim = $root.weir.bundle.v1.Claim.decode(reader, reader.size(), $undefined, _depth + 1, message.claim);
                                message.message = "claim";
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                message.applied = $root.weir.bundle.v1.Applied.decode(reader, reader.size(), $undefined, _depth + 1, message.applied);
                                message.message = "applied";
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                message.snapshotRequest = $root.weir.bundle.v1.SnapshotRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.snapshotRequest);
                                message.message = "snapshotRequest";
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                message.counted = $root.weir.bundle.v1.Counted.decode(reader, reader.size(), $undefined, _depth + 1, message.counted);
                                message.message = "counted";
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a SyncRequest message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof weir.bundle.v1.SyncRequest
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {weir.bundle.v1.SyncRequest} SyncRequest
                 */
                SyncRequest.fromObject = function (object, _depth) {
                    if (object instanceof $root.weir.bundle.v1.SyncRequest)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".weir.bundle.v1.SyncRequest: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.weir.bundle.v1.SyncRequest();
                    if (object.hello != null) {
                        if (!$util.isObject(object.hello))
                            throw $TypeError(".weir.bundle.v1.SyncRequest.hello: object expected");
                        message.hello = $root.weir.bundle.v1.Hello.fromObject(object.hello, _depth + 1);
                    }
                    if (object.addresses != null) {
                        if (!$util.isObject(object.addresses))
                            throw $TypeError(".weir.bundle.v1.SyncRequest.addresses: object expected");
                        message.addresses = $root.weir.bundle.v1.Addresses.fromObject(object.addresses, _depth + 1);
                    }
                    if (object.claim != null) {
                        if (!$util.isObject(object.claim))
                            throw $TypeError(".weir.bundle.v1.SyncRequest.claim: object expected");
                        message.claim = $root.weir.bundle.v1.Claim.fromObject(object.claim, _depth + 1);
                    }
                    if (object.applied != null) {
                        if (!$util.isObject(object.applied))
                            throw $TypeError(".weir.bundle.v1.SyncRequest.applied: object expected");
                        message.applied = $root.weir.bundle.v1.Applied.fromObject(object.applied, _depth + 1);
                    }
                    if (object.snapshotRequest != null) {
                        if (!$util.isObject(object.snapshotRequest))
                            throw $TypeError(".weir.bundle.v1.SyncRequest.snapshotRequest: object expected");
                        message.snapshotRequest = $root.weir.bundle.v1.SnapshotRequest.fromObject(object.snapshotRequest, _depth + 1);
                    }
                    if (object.counted != null) {
                        if (!$util.isObject(object.counted))
                            throw $TypeError(".weir.bundle.v1.SyncRequest.counted: object expected");
                        message.counted = $root.weir.bundle.v1.Counted.fromObject(object.counted, _depth + 1);
                    }
                    return message;
                };

                /**
                 * Creates a plain object from a SyncRequest message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof weir.bundle.v1.SyncRequest
                 * @static
                 * @param {weir.bundle.v1.SyncRequest} message SyncRequest
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                SyncRequest.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (message.hello != null && $Object.hasOwnProperty.call(message, "hello")) {
                        object.hello = $root.weir.bundle.v1.Hello.toObject(message.hello, options, _depth + 1);
                        if (options.oneofs)
                            object.message = "hello";
                    }
                    if (message.addresses != null && $Object.hasOwnProperty.call(message, "addresses")) {
                        object.addresses = $root.weir.bundle.v1.Addresses.toObject(message.addresses, options, _depth + 1);
                        if (options.oneofs)
                            object.message = "addresses";
                    }
                    if (message.claim != null && $Object.hasOwnProperty.call(message, "claim")) {
                        object.claim = $root.weir.bundle.v1.Claim.toObject(message.claim, options, _depth + 1);
                        if (options.oneofs)
                            object.message = "claim";
                    }
                    if (message.applied != null && $Object.hasOwnProperty.call(message, "applied")) {
                        object.applied = $root.weir.bundle.v1.Applied.toObject(message.applied, options, _depth + 1);
                        if (options.oneofs)
                            object.message = "applied";
                    }
                    if (message.snapshotRequest != null && $Object.hasOwnProperty.call(message, "snapshotRequest")) {
                        object.snapshotRequest = $root.weir.bundle.v1.SnapshotRequest.toObject(message.snapshotRequest, options, _depth + 1);
                        if (options.oneofs)
                            object.message = "snapshotRequest";
                    }
                    if (message.counted != null && $Object.hasOwnProperty.call(message, "counted")) {
                        object.counted = $root.weir.bundle.v1.Counted.toObject(message.counted, options, _depth + 1);
                        if (options.oneofs)
                            object.message = "counted";
                    }
                    return object;
                };

                /**
                 * Converts this SyncRequest to JSON.
                 * @function toJSON
                 * @memberof weir.bundle.v1.SyncRequest
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                SyncRequest.prototype.toJSON = function() {
                    return SyncRequest.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for SyncRequest
                 * @function getTypeUrl
                 * @memberof weir.bundle.v1.SyncRequest
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                SyncRequest.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/weir.bundle.v1.SyncRequest";
                };

                return SyncRequest;
            })();

            v1.Hello = (function() {

                /**
                 * Properties of a Hello.
                 * @typedef {Object} weir.bundle.v1.Hello.$Properties
                 * @property {string|null} [node] Hello node
                 * @property {number|null} [revision] Hello revision
                 * @property {Uint8Array|null} [digest] Hello digest
                 * @property {Array.<string>|null} [capabilities] Hello capabilities
                 * @property {Array.<Uint8Array>|null} [addresses] Hello addresses
                 * @property {string|null} [version] Hello version
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Hello.
                 * @memberof weir.bundle.v1
                 * @interface IHello
                 * @augments weir.bundle.v1.Hello.$Properties
                 * @deprecated Use weir.bundle.v1.Hello.$Properties instead.
                 */

                /**
                 * Shape of a Hello.
                 * @typedef {weir.bundle.v1.Hello.$Properties} weir.bundle.v1.Hello.$Shape
                 */

                /**
                 * Constructs a new Hello.
                 * @memberof weir.bundle.v1
                 * @classdesc Represents a Hello.
                 * @constructor
                 * @param {weir.bundle.v1.Hello.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Hello = function (properties) {
                    this.capabilities = [];
                    this.addresses = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Hello node.
                 * @member {string} node
                 * @memberof weir.bundle.v1.Hello
                 * @instance
                 */
                Hello.prototype.node = "";

                /**
                 * Hello revision.
                 * @member {number} revision
                 * @memberof weir.bundle.v1.Hello
                 * @instance
                 */
                Hello.prototype.revision = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Hello digest.
                 * @member {Uint8Array} digest
                 * @memberof weir.bundle.v1.Hello
                 * @instance
                 */
                Hello.prototype.digest = $util.newBuffer([]);

                /**
                 * Hello capabilities.
                 * @member {Array.<string>} capabilities
                 * @memberof weir.bundle.v1.Hello
                 * @instance
                 */
                Hello.prototype.capabilities = $util.emptyArray;

                /**
                 * Hello addresses.
                 * @member {Array.<Uint8Array>} addresses
                 * @memberof weir.bundle.v1.Hello
                 * @instance
                 */
                Hello.prototype.addresses = $util.emptyArray;

                /**
                 * Hello version.
                 * @member {string} version
                 * @memberof weir.bundle.v1.Hello
                 * @instance
                 */
                Hello.prototype.version = "";

                /**
                 * Creates a new Hello instance using the specified properties.
                 * @function create
                 * @memberof weir.bundle.v1.Hello
                 * @static
                 * @param {weir.bundle.v1.Hello.$Properties=} [properties] Properties to set
                 * @returns {weir.bundle.v1.Hello} Hello instance
                 * @type {{
                 *   (properties: weir.bundle.v1.Hello.$Shape): weir.bundle.v1.Hello & weir.bundle.v1.Hello.$Shape;
                 *   (properties?: weir.bundle.v1.Hello.$Properties): weir.bundle.v1.Hello;
                 * }}
                 */
                Hello.create = function(properties) {
                    return new Hello(properties);
                };

                /**
                 * Encodes the specified Hello message. Does not implicitly {@link weir.bundle.v1.Hello.verify|verify} messages.
                 * @function encode
                 * @memberof weir.bundle.v1.Hello
                 * @static
                 * @param {weir.bundle.v1.Hello.$Properties} message Hello message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Hello.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.node != null && $Object.hasOwnProperty.call(message, "node") && message.node !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.node);
                    if (message.revision != null && $Object.hasOwnProperty.call(message, "revision") && (typeof message.revision === "object" ? message.revision.low || message.revision.high : message.revision !== 0))
                        writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.revision);
                    if (message.digest != null && $Object.hasOwnProperty.call(message, "digest") && message.digest.length)
                        writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.digest);
                    if (message.capabilities != null && message.capabilities.length)
                        for (let i = 0; i < message.capabilities.length; ++i)
                            writer.uint32(/* id 4, wireType 2 =*/34).string(message.capabilities[i]);
                    if (message.addresses != null && message.addresses.length)
                        for (let i = 0; i < message.addresses.length; ++i)
                            writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.addresses[i]);
                    if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== "")
                        writer.uint32(/* id 6, wireType 2 =*/50).string(message.version);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Hello message from the specified reader or buffer.
                 * @function decode
                 * @memberof weir.bundle.v1.Hello
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Hello & weir.bundle.v1.Hello.$Shape} Hello
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Hello.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weir.bundle.v1.Hello();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.node = value;
                                else
                                    delete message.node;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.revision = value;
                                else
                                    delete message.revision;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.digest = value;
                                else
                                    delete message.digest;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.capabilities && message.capabilities.length))
                                    message.capabilities = [];
                                message.capabilities.push(reader.stringVerify());
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.addresses && message.addresses.length))
                                    message.addresses = [];
                                message.addresses.push(reader.bytes());
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.version = value;
                                else
                                    delete message.version;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a Hello message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof weir.bundle.v1.Hello
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {weir.bundle.v1.Hello} Hello
                 */
                Hello.fromObject = function (object, _depth) {
                    if (object instanceof $root.weir.bundle.v1.Hello)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".weir.bundle.v1.Hello: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.weir.bundle.v1.Hello();
                    if (object.node != null)
                        if (typeof object.node !== "string" || object.node.length)
                            message.node = $String(object.node);
                    if (object.revision != null)
                        if (typeof object.revision === "object" ? object.revision.low || object.revision.high : $Number(object.revision) !== 0)
                            if ($util.Long)
                                message.revision = $util.Long.fromValue(object.revision, true);
                            else if (typeof object.revision === "string")
                                message.revision = $parseInt(object.revision, 10);
                            else if (typeof object.revision === "number")
                                message.revision = object.revision;
                            else if (typeof object.revision === "object")
                                message.revision = new $util.LongBits(object.revision.low >>> 0, object.revision.high >>> 0).toNumber(true);
                    if (object.digest != null)
                        if (object.digest.length)
                            if (typeof object.digest === "string")
                                $util.base64.decode(object.digest, message.digest = $util.newBuffer($util.base64.length(object.digest)), 0);
                            else if (object.digest.length >= 0)
                                message.digest = object.digest;
                    if (object.capabilities) {
                        if (!$Array.isArray(object.capabilities))
                            throw $TypeError(".weir.bundle.v1.Hello.capabilities: array expected");
                        message.capabilities = $Array(object.capabilities.length);
                        for (let i = 0; i < object.capabilities.length; ++i)
                            message.capabilities[i] = $String(object.capabilities[i]);
                    }
                    if (object.addresses) {
                        if (!$Array.isArray(object.addresses))
                            throw $TypeError(".weir.bundle.v1.Hello.addresses: array expected");
                        message.addresses = $Array(object.addresses.length);
                        for (let i = 0; i < object.addresses.length; ++i)
                            if (typeof object.addresses[i] === "string")
                                $util.base64.decode(object.addresses[i], message.addresses[i] = $util.newBuffer($util.base64.length(object.addresses[i])), 0);
                            else if (object.addresses[i].length >= 0)
                                message.addresses[i] = object.addresses[i];
                    }
                    if (object.version != null)
                        if (typeof object.version !== "string" || object.version.length)
                            message.version = $String(object.version);
                    return message;
                };

                /**
                 * Creates a plain object from a Hello message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof weir.bundle.v1.Hello
                 * @static
                 * @param {weir.bundle.v1.Hello} message Hello
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                Hello.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults) {
                        object.capabilities = [];
                        object.addresses = [];
                    }
                    if (options.defaults) {
                        object.node = "";
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.revision = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.revision = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        if (options.bytes === $String)
                            object.digest = "";
                        else {
                            object.digest = [];
                            if (options.bytes !== $Array)
                                object.digest = $util.newBuffer(object.digest);
                        }
                        object.version = "";
                    }
                    if (message.node != null && $Object.hasOwnProperty.call(message, "node"))
                        object.node = message.node;
                    if (message.revision != null && $Object.hasOwnProperty.call(message, "revision"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.revision = typeof message.revision === "number" ? $BigInt(message.revision) : $util.Long.fromBits(message.revision.low >>> 0, message.revision.high >>> 0, true).toBigInt();
                        else if (typeof message.revision === "number")
                            object.revision = options.longs === $String ? $String(message.revision) : message.revision;
                        else
                            object.revision = options.longs === $String ? $util.Long.prototype.toString.call(message.revision) : options.longs === $Number ? new $util.LongBits(message.revision.low >>> 0, message.revision.high >>> 0).toNumber(true) : message.revision;
                    if (message.digest != null && $Object.hasOwnProperty.call(message, "digest"))
                        object.digest = options.bytes === $String ? $util.base64.encode(message.digest, 0, message.digest.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.digest) : message.digest;
                    if (message.capabilities && message.capabilities.length) {
                        object.capabilities = $Array(message.capabilities.length);
                        for (let j = 0; j < message.capabilities.length; ++j)
                            object.capabilities[j] = message.capabilities[j];
                    }
                    if (message.addresses && message.addresses.length) {
                        object.addresses = $Array(message.addresses.length);
                        for (let j = 0; j < message.addresses.length; ++j)
                            object.addresses[j] = options.bytes === $String ? $util.base64.encode(message.addresses[j], 0, message.addresses[j].length) : options.bytes === $Array ? $Array.prototype.slice.call(message.addresses[j]) : message.addresses[j];
                    }
                    if (message.version != null && $Object.hasOwnProperty.call(message, "version"))
                        object.version = message.version;
                    return object;
                };

                /**
                 * Converts this Hello to JSON.
                 * @function toJSON
                 * @memberof weir.bundle.v1.Hello
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                Hello.prototype.toJSON = function() {
                    return Hello.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for Hello
                 * @function getTypeUrl
                 * @memberof weir.bundle.v1.Hello
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                Hello.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/weir.bundle.v1.Hello";
                };

                return Hello;
            })();

            v1.Addresses = (function() {

                /**
                 * Properties of an Addresses.
                 * @typedef {Object} weir.bundle.v1.Addresses.$Properties
                 * @property {Array.<Uint8Array>|null} [addresses] Addresses addresses
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an Addresses.
                 * @memberof weir.bundle.v1
                 * @interface IAddresses
                 * @augments weir.bundle.v1.Addresses.$Properties
                 * @deprecated Use weir.bundle.v1.Addresses.$Properties instead.
                 */

                /**
                 * Shape of an Addresses.
                 * @typedef {weir.bundle.v1.Addresses.$Properties} weir.bundle.v1.Addresses.$Shape
                 */

                /**
                 * Constructs a new Addresses.
                 * @memberof weir.bundle.v1
                 * @classdesc Represents an Addresses.
                 * @constructor
                 * @param {weir.bundle.v1.Addresses.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Addresses = function (properties) {
                    this.addresses = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Addresses addresses.
                 * @member {Array.<Uint8Array>} addresses
                 * @memberof weir.bundle.v1.Addresses
                 * @instance
                 */
                Addresses.prototype.addresses = $util.emptyArray;

                /**
                 * Creates a new Addresses instance using the specified properties.
                 * @function create
                 * @memberof weir.bundle.v1.Addresses
                 * @static
                 * @param {weir.bundle.v1.Addresses.$Properties=} [properties] Properties to set
                 * @returns {weir.bundle.v1.Addresses} Addresses instance
                 * @type {{
                 *   (properties: weir.bundle.v1.Addresses.$Shape): weir.bundle.v1.Addresses & weir.bundle.v1.Addresses.$Shape;
                 *   (properties?: weir.bundle.v1.Addresses.$Properties): weir.bundle.v1.Addresses;
                 * }}
                 */
                Addresses.create = function(properties) {
                    return new Addresses(properties);
                };

                /**
                 * Encodes the specified Addresses message. Does not implicitly {@link weir.bundle.v1.Addresses.verify|verify} messages.
                 * @function encode
                 * @memberof weir.bundle.v1.Addresses
                 * @static
                 * @param {weir.bundle.v1.Addresses.$Properties} message Addresses message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Addresses.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.addresses != null && message.addresses.length)
                        for (let i = 0; i < message.addresses.length; ++i)
                            writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.addresses[i]);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an Addresses message from the specified reader or buffer.
                 * @function decode
                 * @memberof weir.bundle.v1.Addresses
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Addresses & weir.bundle.v1.Addresses.$Shape} Addresses
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Addresses.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weir.bundle.v1.Addresses();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.addresses && message.addresses.length))
                                    message.addresses = [];
                                message.addresses.push(reader.bytes());
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates an Addresses message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof weir.bundle.v1.Addresses
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {weir.bundle.v1.Addresses} Addresses
                 */
                Addresses.fromObject = function (object, _depth) {
                    if (object instanceof $root.weir.bundle.v1.Addresses)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".weir.bundle.v1.Addresses: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.weir.bundle.v1.Addresses();
                    if (object.addresses) {
                        if (!$Array.isArray(object.addresses))
                            throw $TypeError(".weir.bundle.v1.Addresses.addresses: array expected");
                        message.addresses = $Array(object.addresses.length);
                        for (let i = 0; i < object.addresses.length; ++i)
                            if (typeof object.addresses[i] === "string")
                                $util.base64.decode(object.addresses[i], message.addresses[i] = $util.newBuffer($util.base64.length(object.addresses[i])), 0);
                            else if (object.addresses[i].length >= 0)
                                message.addresses[i] = object.addresses[i];
                    }
                    return message;
                };

                /**
                 * Creates a plain object from an Addresses message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof weir.bundle.v1.Addresses
                 * @static
                 * @param {weir.bundle.v1.Addresses} message Addresses
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                Addresses.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults)
                        object.addresses = [];
                    if (message.addresses && message.addresses.length) {
                        object.addresses = $Array(message.addresses.length);
                        for (let j = 0; j < message.addresses.length; ++j)
                            object.addresses[j] = options.bytes === $String ? $util.base64.encode(message.addresses[j], 0, message.addresses[j].length) : options.bytes === $Array ? $Array.prototype.slice.call(message.addresses[j]) : message.addresses[j];
                    }
                    return object;
                };

                /**
                 * Converts this Addresses to JSON.
                 * @function toJSON
                 * @memberof weir.bundle.v1.Addresses
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                Addresses.prototype.toJSON = function() {
                    return Addresses.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for Addresses
                 * @function getTypeUrl
                 * @memberof weir.bundle.v1.Addresses
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                Addresses.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/weir.bundle.v1.Addresses";
                };

                return Addresses;
            })();

            v1.Claim = (function() {

                /**
                 * Properties of a Claim.
                 * @typedef {Object} weir.bundle.v1.Claim.$Properties
                 * @property {string|null} [uid] Claim uid
                 * @property {Array.<Uint8Array>|null} [addresses] Claim addresses
                 * @property {string|null} ["interface"] Claim interface
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Claim.
                 * @memberof weir.bundle.v1
                 * @interface IClaim
                 * @augments weir.bundle.v1.Claim.$Properties
                 * @deprecated Use weir.bundle.v1.Claim.$Properties instead.
                 */

                /**
                 * Shape of a Claim.
                 * @typedef {weir.bundle.v1.Claim.$Properties} weir.bundle.v1.Claim.$Shape
                 */

                /**
                 * Constructs a new Claim.
                 * @memberof weir.bundle.v1
                 * @classdesc Represents a Claim.
                 * @constructor
                 * @param {weir.bundle.v1.Claim.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Claim = function (properties) {
                    this.addresses = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Claim uid.
                 * @member {string} uid
                 * @memberof weir.bundle.v1.Claim
                 * @instance
                 */
                Claim.prototype.uid = "";

                /**
                 * Claim addresses.
                 * @member {Array.<Uint8Array>} addresses
                 * @memberof weir.bundle.v1.Claim
                 * @instance
                 */
                Claim.prototype.addresses = $util.emptyArray;

                /**
                 * Claim interface.
                 * @member {string} interface
                 * @memberof weir.bundle.v1.Claim
                 * @instance
                 */
                Claim.prototype["interface"] = "";

                /**
                 * Creates a new Claim instance using the specified properties.
                 * @function create
                 * @memberof weir.bundle.v1.Claim
                 * @static
                 * @param {weir.bundle.v1.Claim.$Properties=} [properties] Properties to set
                 * @returns {weir.bundle.v1.Claim} Claim instance
                 * @type {{
                 *   (properties: weir.bundle.v1.Claim.$Shape): weir.bundle.v1.Claim & weir.bundle.v1.Claim.$Shape;
                 *   (properties?: weir.bundle.v1.Claim.$Properties): weir.bundle.v1.Claim;
                 * }}
                 */
                Claim.create = function(properties) {
                    return new Claim(properties);
                };

                /**
                 * Encodes the specified Claim message. Does not implicitly {@link weir.bundle.v1.Claim.verify|verify} messages.
                 * @function encode
                 * @memberof weir.bundle.v1.Claim
                 * @static
                 * @param {weir.bundle.v1.Claim.$Properties} message Claim message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Claim.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.uid != null && $Object.hasOwnProperty.call(message, "uid") && message.uid !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.uid);
                    if (message.addresses != null && message.addresses.length)
                        for (let i = 0; i < message.addresses.length; ++i)
                            writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.addresses[i]);
                    if (message["interface"] != null && $Object.hasOwnProperty.call(message, "interface") && message["interface"] !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message["interface"]);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Claim message from the specified reader or buffer.
                 * @function decode
                 * @memberof weir.bundle.v1.Claim
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Claim & weir.bundle.v1.Claim.$Shape} Claim
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Claim.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weir.bundle.v1.Claim();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.uid = value;
                                else
                                    delete message.uid;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.addresses && message.addresses.length))
                                    message.addresses = [];
                                message.addresses.push(reader.bytes());
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message["interface"] = value;
                                else
                                    delete message["interface"];
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a Claim message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof weir.bundle.v1.Claim
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {weir.bundle.v1.Claim} Claim
                 */
                Claim.fromObject = function (object, _depth) {
                    if (object instanceof $root.weir.bundle.v1.Claim)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".weir.bundle.v1.Claim: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.weir.bundle.v1.Claim();
                    if (object.uid != null)
                        if (typeof object.uid !== "string" || object.uid.length)
                            message.uid = $String(object.uid);
                    if (object.addresses) {
                        if (!$Array.isArray(object.addresses))
                            throw $TypeError(".weir.bundle.v1.Claim.addresses: array expected");
                        message.addresses = $Array(object.addresses.length);
                        for (let i = 0; i < object.addresses.length; ++i)
                            if (typeof object.addresses[i] === "string")
                                $util.base64.decode(object.addresses[i], message.addresses[i] = $util.newBuffer($util.base64.length(object.addresses[i])), 0);
                            else if (object.addresses[i].length >= 0)
                                message.addresses[i] = object.addresses[i];
                    }
                    if (object["interface"] != null)
                        if (typeof object["interface"] !== "string" || object["interface"].length)
                            message["interface"] = $String(object["interface"]);
                    return message;
                };

                /**
                 * Creates a plain object from a Claim message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof weir.bundle.v1.Claim
                 * @static
                 * @param {weir.bundle.v1.Claim} message Claim
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                Claim.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults)
                        object.addresses = [];
                    if (options.defaults) {
                        object.uid = "";
                        object["interface"] = "";
                    }
                    if (message.uid != null && $Object.hasOwnProperty.call(message, "uid"))
                        object.uid = message.uid;
                    if (message.addresses && message.addresses.length) {
                        object.addresses = $Array(message.addresses.length);
                        for (let j = 0; j < message.addresses.length; ++j)
                            object.addresses[j] = options.bytes === $String ? $util.base64.encode(message.addresses[j], 0, message.addresses[j].length) : options.bytes === $Array ? $Array.prototype.slice.call(message.addresses[j]) : message.addresses[j];
                    }
                    if (message["interface"] != null && $Object.hasOwnProperty.call(message, "interface"))
                        object["interface"] = message["interface"];
                    return object;
                };

                /**
                 * Converts this Claim to JSON.
                 * @function toJSON
                 * @memberof weir.bundle.v1.Claim
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                Claim.prototype.toJSON = function() {
                    return Claim.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for Claim
                 * @function getTypeUrl
                 * @memberof weir.bundle.v1.Claim
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                Claim.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/weir.bundle.v1.Claim";
                };

                return Claim;
            })();

            v1.Applied = (function() {

                /**
                 * Properties of an Applied.
                 * @typedef {Object} weir.bundle.v1.Applied.$Properties
                 * @property {number|null} [revision] Applied revision
                 * @property {Uint8Array|null} [digest] Applied digest
                 * @property {number|null} [durationNs] Applied durationNs
                 * @property {weir.bundle.v1.Counts.$Properties|null} [counts] Applied counts
                 * @property {string|null} [error] Applied error
                 * @property {Array.<string>|null} [uncovered] Applied uncovered
                 * @property {Array.<string>|null} [attaching] Applied attaching
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an Applied.
                 * @memberof weir.bundle.v1
                 * @interface IApplied
                 * @augments weir.bundle.v1.Applied.$Properties
                 * @deprecated Use weir.bundle.v1.Applied.$Properties instead.
                 */

                /**
                 * Shape of an Applied.
                 * @typedef {weir.bundle.v1.Applied.$Properties} weir.bundle.v1.Applied.$Shape
                 */

                /**
                 * Constructs a new Applied.
                 * @memberof weir.bundle.v1
                 * @classdesc Represents an Applied.
                 * @constructor
                 * @param {weir.bundle.v1.Applied.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Applied = function (properties) {
                    this.uncovered = [];
                    this.attaching = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Applied revision.
                 * @member {number} revision
                 * @memberof weir.bundle.v1.Applied
                 * @instance
                 */
                Applied.prototype.revision = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Applied digest.
                 * @member {Uint8Array} digest
                 * @memberof weir.bundle.v1.Applied
                 * @instance
                 */
                Applied.prototype.digest = $util.newBuffer([]);

                /**
                 * Applied durationNs.
                 * @member {number} durationNs
                 * @memberof weir.bundle.v1.Applied
                 * @instance
                 */
                Applied.prototype.durationNs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Applied counts.
                 * @member {weir.bundle.v1.Counts.$Properties|null|undefined} counts
                 * @memberof weir.bundle.v1.Applied
                 * @instance
                 */
                Applied.prototype.counts = null;

                /**
                 * Applied error.
                 * @member {string} error
                 * @memberof weir.bundle.v1.Applied
                 * @instance
                 */
                Applied.prototype.error = "";

                /**
                 * Applied uncovered.
                 * @member {Array.<string>} uncovered
                 * @memberof weir.bundle.v1.Applied
                 * @instance
                 */
                Applied.prototype.uncovered = $util.emptyArray;

                /**
                 * Applied attaching.
                 * @member {Array.<string>} attaching
                 * @memberof weir.bundle.v1.Applied
                 * @instance
                 */
                Applied.prototype.attaching = $util.emptyArray;

                /**
                 * Creates a new Applied instance using the specified properties.
                 * @function create
                 * @memberof weir.bundle.v1.Applied
                 * @static
                 * @param {weir.bundle.v1.Applied.$Properties=} [properties] Properties to set
                 * @returns {weir.bundle.v1.Applied} Applied instance
                 * @type {{
                 *   (properties: weir.bundle.v1.Applied.$Shape): weir.bundle.v1.Applied & weir.bundle.v1.Applied.$Shape;
                 *   (properties?: weir.bundle.v1.Applied.$Properties): weir.bundle.v1.Applied;
                 * }}
                 */
                Applied.create = function(properties) {
                    return new Applied(properties);
                };

                /**
                 * Encodes the specified Applied message. Does not implicitly {@link weir.bundle.v1.Applied.verify|verify} messages.
                 * @function encode
                 * @memberof weir.bundle.v1.Applied
                 * @static
                 * @param {weir.bundle.v1.Applied.$Properties} message Applied message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Applied.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.revision != null && $Object.hasOwnProperty.call(message, "revision") && (typeof message.revision === "object" ? message.revision.low || message.revision.high : message.revision !== 0))
                        writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.revision);
                    if (message.digest != null && $Object.hasOwnProperty.call(message, "digest") && message.digest.length)
                        writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.digest);
                    if (message.durationNs != null && $Object.hasOwnProperty.call(message, "durationNs") && (typeof message.durationNs === "object" ? message.durationNs.low || message.durationNs.high : message.durationNs !== 0))
                        writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.durationNs);
                    if (message.counts != null && $Object.hasOwnProperty.call(message, "counts"))
                        $root.weir.bundle.v1.Counts.encode(message.counts, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                    if (message.error != null && $Object.hasOwnProperty.call(message, "error") && message.error !== "")
                        writer.uint32(/* id 5, wireType 2 =*/42).string(message.error);
                    if (message.uncovered != null && message.uncovered.length)
                        for (let i = 0; i < message.uncovered.length; ++i)
                            writer.uint32(/* id 6, wireType 2 =*/50).string(message.uncovered[i]);
                    if (message.attaching != null && message.attaching.length)
                        for (let i = 0; i < message.attaching.length; ++i)
                            writer.uint32(/* id 7, wireType 2 =*/58).string(message.attaching[i]);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an Applied message from the specified reader or buffer.
                 * @function decode
                 * @memberof weir.bundle.v1.Applied
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Applied & weir.bundle.v1.Applied.$Shape} Applied
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Applied.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weir.bundle.v1.Applied();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.revision = value;
                                else
                                    delete message.revision;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.digest = value;
                                else
                                    delete message.digest;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.durationNs = value;
                                else
                                    delete message.durationNs;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                message.counts = $root.weir.bundle.v1.Counts.decode(reader, reader.size(), $undefined, _depth + 1, message.counts);
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.error = value;
                                else
                                    delete message.error;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.uncovered && message.uncovered.length))
                                    message.uncovered = [];
                                message.uncovered.push(reader.stringVerify());
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.attaching && message.attaching.length))
                                    message.attaching = [];
                                message.attaching.push(reader.stringVerify());
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates an Applied message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof weir.bundle.v1.Applied
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {weir.bundle.v1.Applied} Applied
                 */
                Applied.fromObject = function (object, _depth) {
                    if (object instanceof $root.weir.bundle.v1.Applied)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".weir.bundle.v1.Applied: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.weir.bundle.v1.Applied();
                    if (object.revision != null)
                        if (typeof object.revision === "object" ? object.revision.low || object.revision.high : $Number(object.revision) !== 0)
                            if ($util.Long)
                                message.revision = $util.Long.fromValue(object.revision, true);
                            else if (typeof object.revision === "string")
                                message.revision = $parseInt(object.revision, 10);
                            else if (typeof object.revision === "number")
                                message.revision = object.revision;
                            else if (typeof object.revision === "object")
                                message.revision = new $util.LongBits(object.revision.low >>> 0, object.revision.high >>> 0).toNumber(true);
                    if (object.digest != null)
                        if (object.digest.length)
                            if (typeof object.digest === "string")
                                $util.base64.decode(object.digest, message.digest = $util.newBuffer($util.base64.length(object.digest)), 0);
                            else if (object.digest.length >= 0)
                                message.digest = object.digest;
                    if (object.durationNs != null)
                        if (typeof object.durationNs === "object" ? object.durationNs.low || object.durationNs.high : $Number(object.durationNs) !== 0)
                            if ($util.Long)
                                message.durationNs = $util.Long.fromValue(object.durationNs, true);
                            else if (typeof object.durationNs === "string")
                                message.durationNs = $parseInt(object.durationNs, 10);
                            else if (typeof object.durationNs === "number")
                                message.durationNs = object.durationNs;
                            else if (typeof object.durationNs === "object")
                                message.durationNs = new $util.LongBits(object.durationNs.low >>> 0, object.durationNs.high >>> 0).toNumber(true);
                    if (object.counts != null) {
                        if (!$util.isObject(object.counts))
                            throw $TypeError(".weir.bundle.v1.Applied.counts: object expected");
                        message.counts = $root.weir.bundle.v1.Counts.fromObject(object.counts, _depth + 1);
                    }
                    if (object.error != null)
                        if (typeof object.error !== "string" || object.error.length)
                            message.error = $String(object.error);
                    if (object.uncovered) {
                        if (!$Array.isArray(object.uncovered))
                            throw $TypeError(".weir.bundle.v1.Applied.uncovered: array expected");
                        message.uncovered = $Array(object.uncovered.length);
                        for (let i = 0; i < object.uncovered.length; ++i)
                            message.uncovered[i] = $String(object.uncovered[i]);
                    }
                    if (object.attaching) {
                        if (!$Array.isArray(object.attaching))
                            throw $TypeError(".weir.bundle.v1.Applied.attaching: array expected");
                        message.attaching = $Array(object.attaching.length);
                        for (let i = 0; i < object.attaching.length; ++i)
                            message.attaching[i] = $String(object.attaching[i]);
                    }
                    return message;
                };

                /**
                 * Creates a plain object from an Applied message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof weir.bundle.v1.Applied
                 * @static
                 * @param {weir.bundle.v1.Applied} message Applied
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                Applied.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults) {
                        object.uncovered = [];
                        object.attaching = [];
                    }
                    if (options.defaults) {
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.revision = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.revision = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        if (options.bytes === $String)
                            object.digest = "";
                        else {
                            object.digest = [];
                            if (options.bytes !== $Array)
                                object.digest = $util.newBuffer(object.digest);
                        }
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.durationNs = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.durationNs = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        object.counts = null;
                        object.error = "";
                    }
                    if (message.revision != null && $Object.hasOwnProperty.call(message, "revision"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.revision = typeof message.revision === "number" ? $BigInt(message.revision) : $util.Long.fromBits(message.revision.low >>> 0, message.revision.high >>> 0, true).toBigInt();
                        else if (typeof message.revision === "number")
                            object.revision = options.longs === $String ? $String(message.revision) : message.revision;
                        else
                            object.revision = options.longs === $String ? $util.Long.prototype.toString.call(message.revision) : options.longs === $Number ? new $util.LongBits(message.revision.low >>> 0, message.revision.high >>> 0).toNumber(true) : message.revision;
                    if (message.digest != null && $Object.hasOwnProperty.call(message, "digest"))
                        object.digest = options.bytes === $String ? $util.base64.encode(message.digest, 0, message.digest.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.digest) : message.digest;
                    if (message.durationNs != null && $Object.hasOwnProperty.call(message, "durationNs"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.durationNs = typeof message.durationNs === "number" ? $BigInt(message.durationNs) : $util.Long.fromBits(message.durationNs.low >>> 0, message.durationNs.high >>> 0, true).toBigInt();
                        else if (typeof message.durationNs === "number")
                            object.durationNs = options.longs === $String ? $String(message.durationNs) : message.durationNs;
                        else
                            object.durationNs = options.longs === $String ? $util.Long.prototype.toString.call(message.durationNs) : options.longs === $Number ? new $util.LongBits(message.durationNs.low >>> 0, message.durationNs.high >>> 0).toNumber(true) : message.durationNs;
                    if (message.counts != null && $Object.hasOwnProperty.call(message, "counts"))
                        object.counts = $root.weir.bundle.v1.Counts.toObject(message.counts, options, _depth + 1);
                    if (message.error != null && $Object.hasOwnProperty.call(message, "error"))
                        object.error = message.error;
                    if (message.uncovered && message.uncovered.length) {
                        object.uncovered = $Array(message.uncovered.length);
                        for (let j = 0; j < message.uncovered.length; ++j)
                            object.uncovered[j] = message.uncovered[j];
                    }
                    if (message.attaching && message.attaching.length) {
                        object.attaching = $Array(message.attaching.length);
                        for (let j = 0; j < message.attaching.length; ++j)
                            object.attaching[j] = message.attaching[j];
                    }
                    return object;
                };

                /**
                 * Converts this Applied to JSON.
                 * @function toJSON
                 * @memberof weir.bundle.v1.Applied
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                Applied.prototype.toJSON = function() {
                    return Applied.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for Applied
                 * @function getTypeUrl
                 * @memberof weir.bundle.v1.Applied
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                Applied.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/weir.bundle.v1.Applied";
                };

                return Applied;
            })();

            v1.Counts = (function() {

                /**
                 * Properties of a Counts.
                 * @typedef {Object} weir.bundle.v1.Counts.$Properties
                 * @property {number|null} [endpoints] Counts endpoints
                 * @property {number|null} [tables] Counts tables
                 * @property {number|null} [prefixes] Counts prefixes
                 * @property {number|null} [uncovered] Counts uncovered
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Counts.
                 * @memberof weir.bundle.v1
                 * @interface ICounts
                 * @augments weir.bundle.v1.Counts.$Properties
                 * @deprecated Use weir.bundle.v1.Counts.$Properties instead.
                 */

                /**
                 * Shape of a Counts.
                 * @typedef {weir.bundle.v1.Counts.$Properties} weir.bundle.v1.Counts.$Shape
                 */

                /**
                 * Constructs a new Counts.
                 * @memberof weir.bundle.v1
                 * @classdesc Represents a Counts.
                 * @constructor
                 * @param {weir.bundle.v1.Counts.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Counts = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Counts endpoints.
                 * @member {number} endpoints
                 * @memberof weir.bundle.v1.Counts
                 * @instance
                 */
                Counts.prototype.endpoints = 0;

                /**
                 * Counts tables.
                 * @member {number} tables
                 * @memberof weir.bundle.v1.Counts
                 * @instance
                 */
                Counts.prototype.tables = 0;

                /**
                 * Counts prefixes.
                 * @member {number} prefixes
                 * @memberof weir.bundle.v1.Counts
                 * @instance
                 */
                Counts.prototype.prefixes = 0;

                /**
                 * Counts uncovered.
                 * @member {number} uncovered
                 * @memberof weir.bundle.v1.Counts
                 * @instance
                 */
                Counts.prototype.uncovered = 0;

                /**
                 * Creates a new Counts instance using the specified properties.
                 * @function create
                 * @memberof weir.bundle.v1.Counts
                 * @static
                 * @param {weir.bundle.v1.Counts.$Properties=} [properties] Properties to set
                 * @returns {weir.bundle.v1.Counts} Counts instance
                 * @type {{
                 *   (properties: weir.bundle.v1.Counts.$Shape): weir.bundle.v1.Counts & weir.bundle.v1.Counts.$Shape;
                 *   (properties?: weir.bundle.v1.Counts.$Properties): weir.bundle.v1.Counts;
                 * }}
                 */
                Counts.create = function(properties) {
                    return new Counts(properties);
                };

                /**
                 * Encodes the specified Counts message. Does not implicitly {@link weir.bundle.v1.Counts.verify|verify} messages.
                 * @function encode
                 * @memberof weir.bundle.v1.Counts
                 * @static
                 * @param {weir.bundle.v1.Counts.$Properties} message Counts message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Counts.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.endpoints != null && $Object.hasOwnProperty.call(message, "endpoints") && message.endpoints !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.endpoints);
                    if (message.tables != null && $Object.hasOwnProperty.call(message, "tables") && message.tables !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.tables);
                    if (message.prefixes != null && $Object.hasOwnProperty.call(message, "prefixes") && message.prefixes !== 0)
                        writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.prefixes);
                    if (message.uncovered != null && $Object.hasOwnProperty.call(message, "uncovered") && message.uncovered !== 0)
                        writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.uncovered);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Counts message from the specified reader or buffer.
                 * @function decode
                 * @memberof weir.bundle.v1.Counts
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Counts & weir.bundle.v1.Counts.$Shape} Counts
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Counts.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weir.bundle.v1.Counts();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.endpoints = value;
                                else
                                    delete message.endpoints;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.tables = value;
                                else
                                    delete message.tables;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.prefixes = value;
                                else
                                    delete message.prefixes;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.uncovered = value;
                                else
                                    delete message.uncovered;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a Counts message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof weir.bundle.v1.Counts
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {weir.bundle.v1.Counts} Counts
                 */
                Counts.fromObject = function (object, _depth) {
                    if (object instanceof $root.weir.bundle.v1.Counts)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".weir.bundle.v1.Counts: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.weir.bundle.v1.Counts();
                    if (object.endpoints != null)
                        if ($Number(object.endpoints) !== 0)
                            message.endpoints = object.endpoints >>> 0;
                    if (object.tables != null)
                        if ($Number(object.tables) !== 0)
                            message.tables = object.tables >>> 0;
                    if (object.prefixes != null)
                        if ($Number(object.prefixes) !== 0)
                            message.prefixes = object.prefixes >>> 0;
                    if (object.uncovered != null)
                        if ($Number(object.uncovered) !== 0)
                            message.uncovered = object.uncovered >>> 0;
                    return message;
                };

                /**
                 * Creates a plain object from a Counts message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof weir.bundle.v1.Counts
                 * @static
                 * @param {weir.bundle.v1.Counts} message Counts
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                Counts.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.endpoints = 0;
                        object.tables = 0;
                        object.prefixes = 0;
                        object.uncovered = 0;
                    }
                    if (message.endpoints != null && $Object.hasOwnProperty.call(message, "endpoints"))
                        object.endpoints = message.endpoints;
                    if (message.tables != null && $Object.hasOwnProperty.call(message, "tables"))
                        object.tables = message.tables;
                    if (message.prefixes != null && $Object.hasOwnProperty.call(message, "prefixes"))
                        object.prefixes = message.prefixes;
                    if (message.uncovered != null && $Object.hasOwnProperty.call(message, "uncovered"))
                        object.uncovered = message.uncovered;
                    return object;
                };

                /**
                 * Converts this Counts to JSON.
                 * @function toJSON
                 * @memberof weir.bundle.v1.Counts
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                Counts.prototype.toJSON = function() {
                    return Counts.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for Counts
                 * @function getTypeUrl
                 * @memberof weir.bundle.v1.Counts
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                Counts.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/weir.bundle.v1.Counts";
                };

                return Counts;
            })();

            v1.Counted = (function() {

                /**
                 * Properties of a Counted.
                 * @typedef {Object} weir.bundle.v1.Counted.$Properties
                 * @property {number|null} [denied] Counted denied
                 * @property {number|null} [observedDenials] Counted observedDenials
                 * @property {number|null} [untold] Counted untold
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Counted.
                 * @memberof weir.bundle.v1
                 * @interface ICounted
                 * @augments weir.bundle.v1.Counted.$Properties
                 * @deprecated Use weir.bundle.v1.Counted.$Properties instead.
                 */

                /**
                 * Shape of a Counted.
                 * @typedef {weir.bundle.v1.Counted.$Properties} weir.bundle.v1.Counted.$Shape
                 */

                /**
                 * Constructs a new Counted.
                 * @memberof weir.bundle.v1
                 * @classdesc Represents a Counted.
                 * @constructor
                 * @param {weir.bundle.v1.Counted.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Counted = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Counted denied.
                 * @member {number} denied
                 * @memberof weir.bundle.v1.Counted
                 * @instance
                 */
                Counted.prototype.denied = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Counted observedDenials.
                 * @member {number} observedDenials
                 * @memberof weir.bundle.v1.Counted
                 * @instance
                 */
                Counted.prototype.observedDenials = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Counted untold.
                 * @member {number} untold
                 * @memberof weir.bundle.v1.Counted
                 * @instance
                 */
                Counted.prototype.untold = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Creates a new Counted instance using the specified properties.
                 * @function create
                 * @memberof weir.bundle.v1.Counted
                 * @static
                 * @param {weir.bundle.v1.Counted.$Properties=} [properties] Properties to set
                 * @returns {weir.bundle.v1.Counted} Counted instance
                 * @type {{
                 *   (properties: weir.bundle.v1.Counted.$Shape): weir.bundle.v1.Counted & weir.bundle.v1.Counted.$Shape;
                 *   (properties?: weir.bundle.v1.Counted.$Properties): weir.bundle.v1.Counted;
                 * }}
                 */
                Counted.create = function(properties) {
                    return new Counted(properties);
                };

                /**
                 * Encodes the specified Counted message. Does not implicitly {@link weir.bundle.v1.Counted.verify|verify} messages.
                 * @function encode
                 * @memberof weir.bundle.v1.Counted
                 * @static
                 * @param {weir.bundle.v1.Counted.$Properties} message Counted message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Counted.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.denied != null && $Object.hasOwnProperty.call(message, "denied") && (typeof message.denied === "object" ? message.denied.low || message.denied.high : message.denied !== 0))
                        writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.denied);
                    if (message.observedDenials != null && $Object.hasOwnProperty.call(message, "observedDenials") && (typeof message.observedDenials === "object" ? message.observedDenials.low || message.observedDenials.high : message.observedDenials !== 0))
                        writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.observedDenials);
                    if (message.untold != null && $Object.hasOwnProperty.call(message, "untold") && (typeof message.untold === "object" ? message.untold.low || message.untold.high : message.untold !== 0))
                        writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.untold);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Counted message from the specified reader or buffer.
                 * @function decode
                 * @memberof weir.bundle.v1.Counted
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Counted & weir.bundle.v1.Counted.$Shape} Counted
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Counted.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weir.bundle.v1.Counted();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.denied = value;
                                else
                                    delete message.denied;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.observedDenials = value;
                                else
                                    delete message.observedDenials;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.untold = value;
                                else
                                    delete message.untold;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a Counted message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof weir.bundle.v1.Counted
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {weir.bundle.v1.Counted} Counted
                 */
                Counted.fromObject = function (object, _depth) {
                    if (object instanceof $root.weir.bundle.v1.Counted)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".weir.bundle.v1.Counted: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.weir.bundle.v1.Counted();
                    if (object.denied != null)
                        if (typeof object.denied === "object" ? object.denied.low || object.denied.high : $Number(object.denied) !== 0)
                            if ($util.Long)
                                message.denied = $util.Long.fromValue(object.denied, true);
                            else if (typeof object.denied === "string")
                                message.denied = $parseInt(object.denied, 10);
                            else if (typeof object.denied === "number")
                                message.denied = object.denied;
                            else if (typeof object.denied === "object")
                                message.denied = new $util.LongBits(object.denied.low >>> 0, object.denied.high >>> 0).toNumber(true);
                    if (object.observedDenials != null)
                        if (typeof object.observedDenials === "object" ? object.observedDenials.low || object.observedDenials.high : $Number(object.observedDenials) !== 0)
                            if ($util.Long)
                                message.observedDenials = $util.Long.fromValue(object.observedDenials, true);
                            else if (typeof object.observedDenials === "string")
                                message.observedDenials = $parseInt(object.observedDenials, 10);
                            else if (typeof object.observedDenials === "number")
                                message.observedDenials = object.observedDenials;
                            else if (typeof object.observedDenials === "object")
                                message.observedDenials = new $util.LongBits(object.observedDenials.low >>> 0, object.observedDenials.high >>> 0).toNumber(true);
                    if (object.untold != null)
                        if (typeof object.untold === "object" ? object.untold.low || object.untold.high : $Number(object.untold) !== 0)
                            if ($util.Long)
                                message.untold = $util.Long.fromValue(object.untold, true);
                            else if (typeof object.untold === "string")
                                message.untold = $parseInt(object.untold, 10);
                            else if (typeof object.untold === "number")
                                message.untold = object.untold;
                            else if (typeof object.untold === "object")
                                message.untold = new $util.LongBits(object.untold.low >>> 0, object.untold.high >>> 0).toNumber(true);
                    return message;
                };

                /**
                 * Creates a plain object from a Counted message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof weir.bundle.v1.Counted
                 * @static
                 * @param {weir.bundle.v1.Counted} message Counted
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                Counted.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.denied = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.denied = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.observedDenials = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.observedDenials = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.untold = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.untold = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    }
                    if (message.denied != null && $Object.hasOwnProperty.call(message, "denied"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.denied = typeof message.denied === "number" ? $BigInt(message.denied) : $util.Long.fromBits(message.denied.low >>> 0, message.denied.high >>> 0, true).toBigInt();
                        else if (typeof message.denied === "number")
                            object.denied = options.longs === $String ? $String(message.denied) : message.denied;
                        else
                            object.denied = options.longs === $String ? $util.Long.prototype.toString.call(message.denied) : options.longs === $Number ? new $util.LongBits(message.denied.low >>> 0, message.denied.high >>> 0).toNumber(true) : message.denied;
                    if (message.observedDenials != null && $Object.hasOwnProperty.call(message, "observedDenials"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.observedDenials = typeof message.observedDenials === "number" ? $BigInt(message.observedDenials) : $util.Long.fromBits(message.observedDenials.low >>> 0, message.observedDenials.high >>> 0, true).toBigInt();
                        else if (typeof message.observedDenials === "number")
                            object.observedDenials = options.longs === $String ? $String(message.observedDenials) : message.observedDenials;
                        else
                            object.observedDenials = options.longs === $String ? $util.Long.prototype.toString.call(message.observedDenials) : options.longs === $Number ? new $util.LongBits(message.observedDenials.low >>> 0, message.observedDenials.high >>> 0).toNumber(true) : message.observedDenials;
                    if (message.untold != null && $Object.hasOwnProperty.call(message, "untold"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.untold = typeof message.untold === "number" ? $BigInt(message.untold) : $util.Long.fromBits(message.untold.low >>> 0, message.untold.high >>> 0, true).toBigInt();
                        else if (typeof message.untold === "number")
                            object.untold = options.longs === $String ? $String(message.untold) : message.untold;
                        else
                            object.untold = options.longs === $String ? $util.Long.prototype.toString.call(message.untold) : options.longs === $Number ? new $util.LongBits(message.untold.low >>> 0, message.untold.high >>> 0).toNumber(true) : message.untold;
                    return object;
                };

                /**
                 * Converts this Counted to JSON.
                 * @function toJSON
                 * @memberof weir.bundle.v1.Counted
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                Counted.prototype.toJSON = function() {
                    return Counted.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for Counted
                 * @function getTypeUrl
                 * @memberof weir.bundle.v1.Counted
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                Counted.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/weir.bundle.v1.Counted";
                };

                return Counted;
            })();

            v1.SnapshotRequest = (function() {

                /**
                 * Properties of a SnapshotRequest.
                 * @typedef {Object} weir.bundle.v1.SnapshotRequest.$Properties
                 * @property {string|null} [reason] SnapshotRequest reason
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a SnapshotRequest.
                 * @memberof weir.bundle.v1
                 * @interface ISnapshotRequest
                 * @augments weir.bundle.v1.SnapshotRequest.$Properties
                 * @deprecated Use weir.bundle.v1.SnapshotRequest.$Properties instead.
                 */

                /**
                 * Shape of a SnapshotRequest.
                 * @typedef {weir.bundle.v1.SnapshotRequest.$Properties} weir.bundle.v1.SnapshotRequest.$Shape
                 */

                /**
                 * Constructs a new SnapshotRequest.
                 * @memberof weir.bundle.v1
                 * @classdesc Represents a SnapshotRequest.
                 * @constructor
                 * @param {weir.bundle.v1.SnapshotRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const SnapshotRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * SnapshotRequest reason.
                 * @member {string} reason
                 * @memberof weir.bundle.v1.SnapshotRequest
                 * @instance
                 */
                SnapshotRequest.prototype.reason = "";

                /**
                 * Creates a new SnapshotRequest instance using the specified properties.
                 * @function create
                 * @memberof weir.bundle.v1.SnapshotRequest
                 * @static
                 * @param {weir.bundle.v1.SnapshotRequest.$Properties=} [properties] Properties to set
                 * @returns {weir.bundle.v1.SnapshotRequest} SnapshotRequest instance
                 * @type {{
                 *   (properties: weir.bundle.v1.SnapshotRequest.$Shape): weir.bundle.v1.SnapshotRequest & weir.bundle.v1.SnapshotRequest.$Shape;
                 *   (properties?: weir.bundle.v1.SnapshotRequest.$Properties): weir.bundle.v1.SnapshotRequest;
                 * }}
                 */
                SnapshotRequest.create = function(properties) {
                    return new SnapshotRequest(properties);
                };

                /**
                 * Encodes the specified SnapshotRequest message. Does not implicitly {@link weir.bundle.v1.SnapshotRequest.verify|verify} messages.
                 * @function encode
                 * @memberof weir.bundle.v1.SnapshotRequest
                 * @static
                 * @param {weir.bundle.v1.SnapshotRequest.$Properties} message SnapshotRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                SnapshotRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.reason);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a SnapshotRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof weir.bundle.v1.SnapshotRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.SnapshotRequest & weir.bundle.v1.SnapshotRequest.$Shape} SnapshotRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                SnapshotRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weir.bundle.v1.SnapshotRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.reason = value;
                                else
                                    delete message.reason;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a SnapshotRequest message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof weir.bundle.v1.SnapshotRequest
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {weir.bundle.v1.SnapshotRequest} SnapshotRequest
                 */
                SnapshotRequest.fromObject = function (object, _depth) {
                    if (object instanceof $root.weir.bundle.v1.SnapshotRequest)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".weir.bundle.v1.SnapshotRequest: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.weir.bundle.v1.SnapshotRequest();
                    if (object.reason != null)
                        if (typeof object.reason !== "string" || object.reason.length)
                            message.reason = $String(object.reason);
                    return message;
                };

                /**
                 * Creates a plain object from a SnapshotRequest message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof weir.bundle.v1.SnapshotRequest
                 * @static
                 * @param {weir.bundle.v1.SnapshotRequest} message SnapshotRequest
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                SnapshotRequest.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults)
                        object.reason = "";
                    if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                        object.reason = message.reason;
                    return object;
                };

                /**
                 * Converts this SnapshotRequest to JSON.
                 * @function toJSON
                 * @memberof weir.bundle.v1.SnapshotRequest
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                SnapshotRequest.prototype.toJSON = function() {
                    return SnapshotRequest.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for SnapshotRequest
                 * @function getTypeUrl
                 * @memberof weir.bundle.v1.SnapshotRequest
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                SnapshotRequest.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/weir.bundle.v1.SnapshotRequest";
                };

                return SnapshotRequest;
            })();

            v1.SyncResponse = (function() {

                /**
                 * Properties of a SyncResponse.
                 * @typedef {Object} weir.bundle.v1.SyncResponse.$Properties
                 * @property {weir.bundle.v1.Snapshot.$Properties|null} [snapshot] SyncResponse snapshot
                 * @property {weir.bundle.v1.Delta.$Properties|null} [delta] SyncResponse delta
                 * @property {"snapshot"|"delta"} [message] SyncResponse message
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a SyncResponse.
                 * @memberof weir.bundle.v1
                 * @interface ISyncResponse
                 * @augments weir.bundle.v1.SyncResponse.$Properties
                 * @deprecated Use weir.bundle.v1.SyncResponse.$Properties instead.
                 */

                /**
                 * Narrowed shape of a SyncResponse.
                 * @typedef {{
                 *   snapshot?: weir.bundle.v1.Snapshot.$Shape|null;
                 *   delta?: weir.bundle.v1.Delta.$Shape|null;
                 *   $unknowns?: Array.<Uint8Array>;
                 * } & (
                 *   ({ message?: undefined; snapshot?: null; delta?: null }|{ message?: "snapshot"; snapshot: weir.bundle.v1.Snapshot.$Shape; delta?: null }|{ message?: "delta"; snapshot?: null; delta: weir.bundle.v1.Delta.$Shape })
                 * )} weir.bundle.v1.SyncResponse.$Shape
                 */

                /**
                 * Constructs a new SyncResponse.
                 * @memberof weir.bundle.v1
                 * @classdesc Represents a SyncResponse.
                 * @constructor
                 * @param {weir.bundle.v1.SyncResponse.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const SyncResponse = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * SyncResponse snapshot.
                 * @member {weir.bundle.v1.Snapshot.$Properties|null|undefined} snapshot
                 * @memberof weir.bundle.v1.SyncResponse
                 * @instance
                 */
                SyncResponse.prototype.snapshot = null;

                /**
                 * SyncResponse delta.
                 * @member {weir.bundle.v1.Delta.$Properties|null|undefined} delta
                 * @memberof weir.bundle.v1.SyncResponse
                 * @instance
                 */
                SyncResponse.prototype.delta = null;

                // OneOf field names bound to virtual getters and setters
                let $oneOfFields;

                /**
                 * SyncResponse message.
                 * @member {"snapshot"|"delta"|undefined} message
                 * @memberof weir.bundle.v1.SyncResponse
                 * @instance
                 */
                $Object.defineProperty(SyncResponse.prototype, "message", {
                    get: $util.oneOfGetter($oneOfFields = ["snapshot", "delta"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                /**
                 * Creates a new SyncResponse instance using the specified properties.
                 * @function create
                 * @memberof weir.bundle.v1.SyncResponse
                 * @static
                 * @param {weir.bundle.v1.SyncResponse.$Properties=} [properties] Properties to set
                 * @returns {weir.bundle.v1.SyncResponse} SyncResponse instance
                 * @type {{
                 *   (properties: weir.bundle.v1.SyncResponse.$Shape): weir.bundle.v1.SyncResponse & weir.bundle.v1.SyncResponse.$Shape;
                 *   (properties?: weir.bundle.v1.SyncResponse.$Properties): weir.bundle.v1.SyncResponse;
                 * }}
                 */
                SyncResponse.create = function(properties) {
                    return new SyncResponse(properties);
                };

                /**
                 * Encodes the specified SyncResponse message. Does not implicitly {@link weir.bundle.v1.SyncResponse.verify|verify} messages.
                 * @function encode
                 * @memberof weir.bundle.v1.SyncResponse
                 * @static
                 * @param {weir.bundle.v1.SyncResponse.$Properties} message SyncResponse message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                SyncResponse.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.snapshot != null && $Object.hasOwnProperty.call(message, "snapshot"))
                        $root.weir.bundle.v1.Snapshot.encode(message.snapshot, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.delta != null && $Object.hasOwnProperty.call(message, "delta"))
                        $root.weir.bundle.v1.Delta.encode(message.delta, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a SyncResponse message from the specified reader or buffer.
                 * @function decode
                 * @memberof weir.bundle.v1.SyncResponse
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.SyncResponse & weir.bundle.v1.SyncResponse.$Shape} SyncResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                SyncResponse.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weir.bundle.v1.SyncResponse();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.snapshot = $root.weir.bundle.v1.Snapshot.decode(reader, reader.size(), $undefined, _depth + 1, message.snapshot);
                                message.message = "snapshot";
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.delta = $root.weir.bundle.v1.Delta.decode(reader, reader.size(), $undefined, _depth + 1, message.delta);
                                message.message = "delta";
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a SyncResponse message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof weir.bundle.v1.SyncResponse
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {weir.bundle.v1.SyncResponse} SyncResponse
                 */
                SyncResponse.fromObject = function (object, _depth) {
                    if (object instanceof $root.weir.bundle.v1.SyncResponse)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".weir.bundle.v1.SyncResponse: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.weir.bundle.v1.SyncResponse();
                    if (object.snapshot != null) {
                        if (!$util.isObject(object.snapshot))
                            throw $TypeError(".weir.bundle.v1.SyncResponse.snapshot: object expected");
                        message.snapshot = $root.weir.bundle.v1.Snapshot.fromObject(object.snapshot, _depth + 1);
                    }
                    if (object.delta != null) {
                        if (!$util.isObject(object.delta))
                            throw $TypeError(".weir.bundle.v1.SyncResponse.delta: object expected");
                        message.delta = $root.weir.bundle.v1.Delta.fromObject(object.delta, _depth + 1);
                    }
                    return message;
                };

                /**
                 * Creates a plain object from a SyncResponse message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof weir.bundle.v1.SyncResponse
                 * @static
                 * @param {weir.bundle.v1.SyncResponse} message SyncResponse
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                SyncResponse.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (message.snapshot != null && $Object.hasOwnProperty.call(message, "snapshot")) {
                        object.snapshot = $root.weir.bundle.v1.Snapshot.toObject(message.snapshot, options, _depth + 1);
                        if (options.oneofs)
                            object.message = "snapshot";
                    }
                    if (message.delta != null && $Object.hasOwnProperty.call(message, "delta")) {
                        object.delta = $root.weir.bundle.v1.Delta.toObject(message.delta, options, _depth + 1);
                        if (options.oneofs)
                            object.message = "delta";
                    }
                    return object;
                };

                /**
                 * Converts this SyncResponse to JSON.
                 * @function toJSON
                 * @memberof weir.bundle.v1.SyncResponse
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                SyncResponse.prototype.toJSON = function() {
                    return SyncResponse.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for SyncResponse
                 * @function getTypeUrl
                 * @memberof weir.bundle.v1.SyncResponse
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                SyncResponse.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/weir.bundle.v1.SyncResponse";
                };

                return SyncResponse;
            })();

            v1.Snapshot = (function() {

                /**
                 * Properties of a Snapshot.
                 * @typedef {Object} weir.bundle.v1.Snapshot.$Properties
                 * @property {number|null} [revision] Snapshot revision
                 * @property {Uint8Array|null} [digest] Snapshot digest
                 * @property {number|null} [chunk] Snapshot chunk
                 * @property {boolean|null} [last] Snapshot last
                 * @property {Uint8Array|null} [items] Snapshot items
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Snapshot.
                 * @memberof weir.bundle.v1
                 * @interface ISnapshot
                 * @augments weir.bundle.v1.Snapshot.$Properties
                 * @deprecated Use weir.bundle.v1.Snapshot.$Properties instead.
                 */

                /**
                 * Shape of a Snapshot.
                 * @typedef {weir.bundle.v1.Snapshot.$Properties} weir.bundle.v1.Snapshot.$Shape
                 */

                /**
                 * Constructs a new Snapshot.
                 * @memberof weir.bundle.v1
                 * @classdesc Represents a Snapshot.
                 * @constructor
                 * @param {weir.bundle.v1.Snapshot.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Snapshot = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Snapshot revision.
                 * @member {number} revision
                 * @memberof weir.bundle.v1.Snapshot
                 * @instance
                 */
                Snapshot.prototype.revision = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Snapshot digest.
                 * @member {Uint8Array} digest
                 * @memberof weir.bundle.v1.Snapshot
                 * @instance
                 */
                Snapshot.prototype.digest = $util.newBuffer([]);

                /**
                 * Snapshot chunk.
                 * @member {number} chunk
                 * @memberof weir.bundle.v1.Snapshot
                 * @instance
                 */
                Snapshot.prototype.chunk = 0;

                /**
                 * Snapshot last.
                 * @member {boolean} last
                 * @memberof weir.bundle.v1.Snapshot
                 * @instance
                 */
                Snapshot.prototype.last = false;

                /**
                 * Snapshot items.
                 * @member {Uint8Array} items
                 * @memberof weir.bundle.v1.Snapshot
                 * @instance
                 */
                Snapshot.prototype.items = $util.newBuffer([]);

                /**
                 * Creates a new Snapshot instance using the specified properties.
                 * @function create
                 * @memberof weir.bundle.v1.Snapshot
                 * @static
                 * @param {weir.bundle.v1.Snapshot.$Properties=} [properties] Properties to set
                 * @returns {weir.bundle.v1.Snapshot} Snapshot instance
                 * @type {{
                 *   (properties: weir.bundle.v1.Snapshot.$Shape): weir.bundle.v1.Snapshot & weir.bundle.v1.Snapshot.$Shape;
                 *   (properties?: weir.bundle.v1.Snapshot.$Properties): weir.bundle.v1.Snapshot;
                 * }}
                 */
                Snapshot.create = function(properties) {
                    return new Snapshot(properties);
                };

                /**
                 * Encodes the specified Snapshot message. Does not implicitly {@link weir.bundle.v1.Snapshot.verify|verify} messages.
                 * @function encode
                 * @memberof weir.bundle.v1.Snapshot
                 * @static
                 * @param {weir.bundle.v1.Snapshot.$Properties} message Snapshot message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Snapshot.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.revision != null && $Object.hasOwnProperty.call(message, "revision") && (typeof message.revision === "object" ? message.revision.low || message.revision.high : message.revision !== 0))
                        writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.revision);
                    if (message.digest != null && $Object.hasOwnProperty.call(message, "digest") && message.digest.length)
                        writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.digest);
                    if (message.chunk != null && $Object.hasOwnProperty.call(message, "chunk") && message.chunk !== 0)
                        writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.chunk);
                    if (message.last != null && $Object.hasOwnProperty.call(message, "last") && message.last !== false)
                        writer.uint32(/* id 4, wireType 0 =*/32).bool(message.last);
                    if (message.items != null && $Object.hasOwnProperty.call(message, "items") && message.items.length)
                        writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.items);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Snapshot message from the specified reader or buffer.
                 * @function decode
                 * @memberof weir.bundle.v1.Snapshot
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Snapshot & weir.bundle.v1.Snapshot.$Shape} Snapshot
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Snapshot.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weir.bundle.v1.Snapshot();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.revision = value;
                                else
                                    delete message.revision;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.digest = value;
                                else
                                    delete message.digest;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.chunk = value;
                                else
                                    delete message.chunk;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.last = value;
                                else
                                    delete message.last;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.items = value;
                                else
                                    delete message.items;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a Snapshot message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof weir.bundle.v1.Snapshot
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {weir.bundle.v1.Snapshot} Snapshot
                 */
                Snapshot.fromObject = function (object, _depth) {
                    if (object instanceof $root.weir.bundle.v1.Snapshot)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".weir.bundle.v1.Snapshot: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.weir.bundle.v1.Snapshot();
                    if (object.revision != null)
                        if (typeof object.revision === "object" ? object.revision.low || object.revision.high : $Number(object.revision) !== 0)
                            if ($util.Long)
                                message.revision = $util.Long.fromValue(object.revision, true);
                            else if (typeof object.revision === "string")
                                message.revision = $parseInt(object.revision, 10);
                            else if (typeof object.revision === "number")
                                message.revision = object.revision;
                            else if (typeof object.revision === "object")
                                message.revision = new $util.LongBits(object.revision.low >>> 0, object.revision.high >>> 0).toNumber(true);
                    if (object.digest != null)
                        if (object.digest.length)
                            if (typeof object.digest === "string")
                                $util.base64.decode(object.digest, message.digest = $util.newBuffer($util.base64.length(object.digest)), 0);
                            else if (object.digest.length >= 0)
                                message.digest = object.digest;
                    if (object.chunk != null)
                        if ($Number(object.chunk) !== 0)
                            message.chunk = object.chunk >>> 0;
                    if (object.last != null)
                        if (object.last)
                            message.last = $Boolean(object.last);
                    if (object.items != null)
                        if (object.items.length)
                            if (typeof object.items === "string")
                                $util.base64.decode(object.items, message.items = $util.newBuffer($util.base64.length(object.items)), 0);
                            else if (object.items.length >= 0)
                                message.items = object.items;
                    return message;
                };

                /**
                 * Creates a plain object from a Snapshot message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof weir.bundle.v1.Snapshot
                 * @static
                 * @param {weir.bundle.v1.Snapshot} message Snapshot
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                Snapshot.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.revision = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.revision = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        if (options.bytes === $String)
                            object.digest = "";
                        else {
                            object.digest = [];
                            if (options.bytes !== $Array)
                                object.digest = $util.newBuffer(object.digest);
                        }
                        object.chunk = 0;
                        object.last = false;
                        if (options.bytes === $String)
                            object.items = "";
                        else {
                            object.items = [];
                            if (options.bytes !== $Array)
                                object.items = $util.newBuffer(object.items);
                        }
                    }
                    if (message.revision != null && $Object.hasOwnProperty.call(message, "revision"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.revision = typeof message.revision === "number" ? $BigInt(message.revision) : $util.Long.fromBits(message.revision.low >>> 0, message.revision.high >>> 0, true).toBigInt();
                        else if (typeof message.revision === "number")
                            object.revision = options.longs === $String ? $String(message.revision) : message.revision;
                        else
                            object.revision = options.longs === $String ? $util.Long.prototype.toString.call(message.revision) : options.longs === $Number ? new $util.LongBits(message.revision.low >>> 0, message.revision.high >>> 0).toNumber(true) : message.revision;
                    if (message.digest != null && $Object.hasOwnProperty.call(message, "digest"))
                        object.digest = options.bytes === $String ? $util.base64.encode(message.digest, 0, message.digest.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.digest) : message.digest;
                    if (message.chunk != null && $Object.hasOwnProperty.call(message, "chunk"))
                        object.chunk = message.chunk;
                    if (message.last != null && $Object.hasOwnProperty.call(message, "last"))
                        object.last = message.last;
                    if (message.items != null && $Object.hasOwnProperty.call(message, "items"))
                        object.items = options.bytes === $String ? $util.base64.encode(message.items, 0, message.items.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.items) : message.items;
                    return object;
                };

                /**
                 * Converts this Snapshot to JSON.
                 * @function toJSON
                 * @memberof weir.bundle.v1.Snapshot
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                Snapshot.prototype.toJSON = function() {
                    return Snapshot.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for Snapshot
                 * @function getTypeUrl
                 * @memberof weir.bundle.v1.Snapshot
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                Snapshot.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/weir.bundle.v1.Snapshot";
                };

                return Snapshot;
            })();

            v1.Delta = (function() {

                /**
                 * Properties of a Delta.
                 * @typedef {Object} weir.bundle.v1.Delta.$Properties
                 * @property {number|null} [fromRevision] Delta fromRevision
                 * @property {Uint8Array|null} [fromDigest] Delta fromDigest
                 * @property {number|null} [toRevision] Delta toRevision
                 * @property {Uint8Array|null} [toDigest] Delta toDigest
                 * @property {number|null} [chunk] Delta chunk
                 * @property {boolean|null} [last] Delta last
                 * @property {Uint8Array|null} [upserts] Delta upserts
                 * @property {Array.<weir.bundle.v1.ItemRef.$Properties>|null} [removes] Delta removes
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Delta.
                 * @memberof weir.bundle.v1
                 * @interface IDelta
                 * @augments weir.bundle.v1.Delta.$Properties
                 * @deprecated Use weir.bundle.v1.Delta.$Properties instead.
                 */

                /**
                 * Shape of a Delta.
                 * @typedef {weir.bundle.v1.Delta.$Properties} weir.bundle.v1.Delta.$Shape
                 */

                /**
                 * Constructs a new Delta.
                 * @memberof weir.bundle.v1
                 * @classdesc Represents a Delta.
                 * @constructor
                 * @param {weir.bundle.v1.Delta.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Delta = function (properties) {
                    this.removes = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Delta fromRevision.
                 * @member {number} fromRevision
                 * @memberof weir.bundle.v1.Delta
                 * @instance
                 */
                Delta.prototype.fromRevision = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Delta fromDigest.
                 * @member {Uint8Array} fromDigest
                 * @memberof weir.bundle.v1.Delta
                 * @instance
                 */
                Delta.prototype.fromDigest = $util.newBuffer([]);

                /**
                 * Delta toRevision.
                 * @member {number} toRevision
                 * @memberof weir.bundle.v1.Delta
                 * @instance
                 */
                Delta.prototype.toRevision = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * Delta toDigest.
                 * @member {Uint8Array} toDigest
                 * @memberof weir.bundle.v1.Delta
                 * @instance
                 */
                Delta.prototype.toDigest = $util.newBuffer([]);

                /**
                 * Delta chunk.
                 * @member {number} chunk
                 * @memberof weir.bundle.v1.Delta
                 * @instance
                 */
                Delta.prototype.chunk = 0;

                /**
                 * Delta last.
                 * @member {boolean} last
                 * @memberof weir.bundle.v1.Delta
                 * @instance
                 */
                Delta.prototype.last = false;

                /**
                 * Delta upserts.
                 * @member {Uint8Array} upserts
                 * @memberof weir.bundle.v1.Delta
                 * @instance
                 */
                Delta.prototype.upserts = $util.newBuffer([]);

                /**
                 * Delta removes.
                 * @member {Array.<weir.bundle.v1.ItemRef.$Properties>} removes
                 * @memberof weir.bundle.v1.Delta
                 * @instance
                 */
                Delta.prototype.removes = $util.emptyArray;

                /**
                 * Creates a new Delta instance using the specified properties.
                 * @function create
                 * @memberof weir.bundle.v1.Delta
                 * @static
                 * @param {weir.bundle.v1.Delta.$Properties=} [properties] Properties to set
                 * @returns {weir.bundle.v1.Delta} Delta instance
                 * @type {{
                 *   (properties: weir.bundle.v1.Delta.$Shape): weir.bundle.v1.Delta & weir.bundle.v1.Delta.$Shape;
                 *   (properties?: weir.bundle.v1.Delta.$Properties): weir.bundle.v1.Delta;
                 * }}
                 */
                Delta.create = function(properties) {
                    return new Delta(properties);
                };

                /**
                 * Encodes the specified Delta message. Does not implicitly {@link weir.bundle.v1.Delta.verify|verify} messages.
                 * @function encode
                 * @memberof weir.bundle.v1.Delta
                 * @static
                 * @param {weir.bundle.v1.Delta.$Properties} message Delta message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Delta.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.fromRevision != null && $Object.hasOwnProperty.call(message, "fromRevision") && (typeof message.fromRevision === "object" ? message.fromRevision.low || message.fromRevision.high : message.fromRevision !== 0))
                        writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.fromRevision);
                    if (message.fromDigest != null && $Object.hasOwnProperty.call(message, "fromDigest") && message.fromDigest.length)
                        writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.fromDigest);
                    if (message.toRevision != null && $Object.hasOwnProperty.call(message, "toRevision") && (typeof message.toRevision === "object" ? message.toRevision.low || message.toRevision.high : message.toRevision !== 0))
                        writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.toRevision);
                    if (message.toDigest != null && $Object.hasOwnProperty.call(message, "toDigest") && message.toDigest.length)
                        writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.toDigest);
                    if (message.chunk != null && $Object.hasOwnProperty.call(message, "chunk") && message.chunk !== 0)
                        writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.chunk);
                    if (message.last != null && $Object.hasOwnProperty.call(message, "last") && message.last !== false)
                        writer.uint32(/* id 6, wireType 0 =*/48).bool(message.last);
                    if (message.upserts != null && $Object.hasOwnProperty.call(message, "upserts") && message.upserts.length)
                        writer.uint32(/* id 7, wireType 2 =*/58).bytes(message.upserts);
                    if (message.removes != null && message.removes.length)
                        for (let i = 0; i < message.removes.length; ++i)
                            $root.weir.bundle.v1.ItemRef.encode(message.removes[i], writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Delta message from the specified reader or buffer.
                 * @function decode
                 * @memberof weir.bundle.v1.Delta
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Delta & weir.bundle.v1.Delta.$Shape} Delta
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Delta.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weir.bundle.v1.Delta();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.fromRevision = value;
                                else
                                    delete message.fromRevision;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.fromDigest = value;
                                else
                                    delete message.fromDigest;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.toRevision = value;
                                else
                                    delete message.toRevision;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.toDigest = value;
                                else
                                    delete message.toDigest;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.chunk = value;
                                else
                                    delete message.chunk;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.last = value;
                                else
                                    delete message.last;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.upserts = value;
                                else
                                    delete message.upserts;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.removes && message.removes.length))
                                    message.removes = [];
                                message.removes.push($root.weir.bundle.v1.ItemRef.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a Delta message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof weir.bundle.v1.Delta
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {weir.bundle.v1.Delta} Delta
                 */
                Delta.fromObject = function (object, _depth) {
                    if (object instanceof $root.weir.bundle.v1.Delta)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".weir.bundle.v1.Delta: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.weir.bundle.v1.Delta();
                    if (object.fromRevision != null)
                        if (typeof object.fromRevision === "object" ? object.fromRevision.low || object.fromRevision.high : $Number(object.fromRevision) !== 0)
                            if ($util.Long)
                                message.fromRevision = $util.Long.fromValue(object.fromRevision, true);
                            else if (typeof object.fromRevision === "string")
                                message.fromRevision = $parseInt(object.fromRevision, 10);
                            else if (typeof object.fromRevision === "number")
                                message.fromRevision = object.fromRevision;
                            else if (typeof object.fromRevision === "object")
                                message.fromRevision = new $util.LongBits(object.fromRevision.low >>> 0, object.fromRevision.high >>> 0).toNumber(true);
                    if (object.fromDigest != null)
                        if (object.fromDigest.length)
                            if (typeof object.fromDigest === "string")
                                $util.base64.decode(object.fromDigest, message.fromDigest = $util.newBuffer($util.base64.length(object.fromDigest)), 0);
                            else if (object.fromDigest.length >= 0)
                                message.fromDigest = object.fromDigest;
                    if (object.toRevision != null)
                        if (typeof object.toRevision === "object" ? object.toRevision.low || object.toRevision.high : $Number(object.toRevision) !== 0)
                            if ($util.Long)
                                message.toRevision = $util.Long.fromValue(object.toRevision, true);
                            else if (typeof object.toRevision === "string")
                                message.toRevision = $parseInt(object.toRevision, 10);
                            else if (typeof object.toRevision === "number")
                                message.toRevision = object.toRevision;
                            else if (typeof object.toRevision === "object")
                                message.toRevision = new $util.LongBits(object.toRevision.low >>> 0, object.toRevision.high >>> 0).toNumber(true);
                    if (object.toDigest != null)
                        if (object.toDigest.length)
                            if (typeof object.toDigest === "string")
                                $util.base64.decode(object.toDigest, message.toDigest = $util.newBuffer($util.base64.length(object.toDigest)), 0);
                            else if (object.toDigest.length >= 0)
                                message.toDigest = object.toDigest;
                    if (object.chunk != null)
                        if ($Number(object.chunk) !== 0)
                            message.chunk = object.chunk >>> 0;
                    if (object.last != null)
                        if (object.last)
                            message.last = $Boolean(object.last);
                    if (object.upserts != null)
                        if (object.upserts.length)
                            if (typeof object.upserts === "string")
                                $util.base64.decode(object.upserts, message.upserts = $util.newBuffer($util.base64.length(object.upserts)), 0);
                            else if (object.upserts.length >= 0)
                                message.upserts = object.upserts;
                    if (object.removes) {
                        if (!$Array.isArray(object.removes))
                            throw $TypeError(".weir.bundle.v1.Delta.removes: array expected");
                        message.removes = $Array(object.removes.length);
                        for (let i = 0; i < object.removes.length; ++i) {
                            if (!$util.isObject(object.removes[i]))
                                throw $TypeError(".weir.bundle.v1.Delta.removes: object expected");
                            message.removes[i] = $root.weir.bundle.v1.ItemRef.fromObject(object.removes[i], _depth + 1);
                        }
                    }
                    return message;
                };

                /**
                 * Creates a plain object from a Delta message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof weir.bundle.v1.Delta
                 * @static
                 * @param {weir.bundle.v1.Delta} message Delta
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                Delta.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults)
                        object.removes = [];
                    if (options.defaults) {
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.fromRevision = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.fromRevision = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        if (options.bytes === $String)
                            object.fromDigest = "";
                        else {
                            object.fromDigest = [];
                            if (options.bytes !== $Array)
                                object.fromDigest = $util.newBuffer(object.fromDigest);
                        }
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.toRevision = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.toRevision = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        if (options.bytes === $String)
                            object.toDigest = "";
                        else {
                            object.toDigest = [];
                            if (options.bytes !== $Array)
                                object.toDigest = $util.newBuffer(object.toDigest);
                        }
                        object.chunk = 0;
                        object.last = false;
                        if (options.bytes === $String)
                            object.upserts = "";
                        else {
                            object.upserts = [];
                            if (options.bytes !== $Array)
                                object.upserts = $util.newBuffer(object.upserts);
                        }
                    }
                    if (message.fromRevision != null && $Object.hasOwnProperty.call(message, "fromRevision"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.fromRevision = typeof message.fromRevision === "number" ? $BigInt(message.fromRevision) : $util.Long.fromBits(message.fromRevision.low >>> 0, message.fromRevision.high >>> 0, true).toBigInt();
                        else if (typeof message.fromRevision === "number")
                            object.fromRevision = options.longs === $String ? $String(message.fromRevision) : message.fromRevision;
                        else
                            object.fromRevision = options.longs === $String ? $util.Long.prototype.toString.call(message.fromRevision) : options.longs === $Number ? new $util.LongBits(message.fromRevision.low >>> 0, message.fromRevision.high >>> 0).toNumber(true) : message.fromRevision;
                    if (message.fromDigest != null && $Object.hasOwnProperty.call(message, "fromDigest"))
                        object.fromDigest = options.bytes === $String ? $util.base64.encode(message.fromDigest, 0, message.fromDigest.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.fromDigest) : message.fromDigest;
                    if (message.toRevision != null && $Object.hasOwnProperty.call(message, "toRevision"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.toRevision = typeof message.toRevision === "number" ? $BigInt(message.toRevision) : $util.Long.fromBits(message.toRevision.low >>> 0, message.toRevision.high >>> 0, true).toBigInt();
                        else if (typeof message.toRevision === "number")
                            object.toRevision = options.longs === $String ? $String(message.toRevision) : message.toRevision;
                        else
                            object.toRevision = options.longs === $String ? $util.Long.prototype.toString.call(message.toRevision) : options.longs === $Number ? new $util.LongBits(message.toRevision.low >>> 0, message.toRevision.high >>> 0).toNumber(true) : message.toRevision;
                    if (message.toDigest != null && $Object.hasOwnProperty.call(message, "toDigest"))
                        object.toDigest = options.bytes === $String ? $util.base64.encode(message.toDigest, 0, message.toDigest.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.toDigest) : message.toDigest;
                    if (message.chunk != null && $Object.hasOwnProperty.call(message, "chunk"))
                        object.chunk = message.chunk;
                    if (message.last != null && $Object.hasOwnProperty.call(message, "last"))
                        object.last = message.last;
                    if (message.upserts != null && $Object.hasOwnProperty.call(message, "upserts"))
                        object.upserts = options.bytes === $String ? $util.base64.encode(message.upserts, 0, message.upserts.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.upserts) : message.upserts;
                    if (message.removes && message.removes.length) {
                        object.removes = $Array(message.removes.length);
                        for (let j = 0; j < message.removes.length; ++j)
                            object.removes[j] = $root.weir.bundle.v1.ItemRef.toObject(message.removes[j], options, _depth + 1);
                    }
                    return object;
                };

                /**
                 * Converts this Delta to JSON.
                 * @function toJSON
                 * @memberof weir.bundle.v1.Delta
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                Delta.prototype.toJSON = function() {
                    return Delta.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for Delta
                 * @function getTypeUrl
                 * @memberof weir.bundle.v1.Delta
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                Delta.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/weir.bundle.v1.Delta";
                };

                return Delta;
            })();

            v1.ItemRef = (function() {

                /**
                 * Properties of an ItemRef.
                 * @typedef {Object} weir.bundle.v1.ItemRef.$Properties
                 * @property {number|null} [kind] ItemRef kind
                 * @property {Uint8Array|null} [key] ItemRef key
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an ItemRef.
                 * @memberof weir.bundle.v1
                 * @interface IItemRef
                 * @augments weir.bundle.v1.ItemRef.$Properties
                 * @deprecated Use weir.bundle.v1.ItemRef.$Properties instead.
                 */

                /**
                 * Shape of an ItemRef.
                 * @typedef {weir.bundle.v1.ItemRef.$Properties} weir.bundle.v1.ItemRef.$Shape
                 */

                /**
                 * Constructs a new ItemRef.
                 * @memberof weir.bundle.v1
                 * @classdesc Represents an ItemRef.
                 * @constructor
                 * @param {weir.bundle.v1.ItemRef.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ItemRef = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ItemRef kind.
                 * @member {number} kind
                 * @memberof weir.bundle.v1.ItemRef
                 * @instance
                 */
                ItemRef.prototype.kind = 0;

                /**
                 * ItemRef key.
                 * @member {Uint8Array} key
                 * @memberof weir.bundle.v1.ItemRef
                 * @instance
                 */
                ItemRef.prototype.key = $util.newBuffer([]);

                /**
                 * Creates a new ItemRef instance using the specified properties.
                 * @function create
                 * @memberof weir.bundle.v1.ItemRef
                 * @static
                 * @param {weir.bundle.v1.ItemRef.$Properties=} [properties] Properties to set
                 * @returns {weir.bundle.v1.ItemRef} ItemRef instance
                 * @type {{
                 *   (properties: weir.bundle.v1.ItemRef.$Shape): weir.bundle.v1.ItemRef & weir.bundle.v1.ItemRef.$Shape;
                 *   (properties?: weir.bundle.v1.ItemRef.$Properties): weir.bundle.v1.ItemRef;
                 * }}
                 */
                ItemRef.create = function(properties) {
                    return new ItemRef(properties);
                };

                /**
                 * Encodes the specified ItemRef message. Does not implicitly {@link weir.bundle.v1.ItemRef.verify|verify} messages.
                 * @function encode
                 * @memberof weir.bundle.v1.ItemRef
                 * @static
                 * @param {weir.bundle.v1.ItemRef.$Properties} message ItemRef message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ItemRef.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.kind);
                    if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key.length)
                        writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.key);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an ItemRef message from the specified reader or buffer.
                 * @function decode
                 * @memberof weir.bundle.v1.ItemRef
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.ItemRef & weir.bundle.v1.ItemRef.$Shape} ItemRef
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ItemRef.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weir.bundle.v1.ItemRef();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.kind = value;
                                else
                                    delete message.kind;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.key = value;
                                else
                                    delete message.key;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates an ItemRef message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof weir.bundle.v1.ItemRef
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {weir.bundle.v1.ItemRef} ItemRef
                 */
                ItemRef.fromObject = function (object, _depth) {
                    if (object instanceof $root.weir.bundle.v1.ItemRef)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".weir.bundle.v1.ItemRef: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.weir.bundle.v1.ItemRef();
                    if (object.kind != null)
                        if ($Number(object.kind) !== 0)
                            message.kind = object.kind >>> 0;
                    if (object.key != null)
                        if (object.key.length)
                            if (typeof object.key === "string")
                                $util.base64.decode(object.key, message.key = $util.newBuffer($util.base64.length(object.key)), 0);
                            else if (object.key.length >= 0)
                                message.key = object.key;
                    return message;
                };

                /**
                 * Creates a plain object from an ItemRef message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof weir.bundle.v1.ItemRef
                 * @static
                 * @param {weir.bundle.v1.ItemRef} message ItemRef
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                ItemRef.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.kind = 0;
                        if (options.bytes === $String)
                            object.key = "";
                        else {
                            object.key = [];
                            if (options.bytes !== $Array)
                                object.key = $util.newBuffer(object.key);
                        }
                    }
                    if (message.kind != null && $Object.hasOwnProperty.call(message, "kind"))
                        object.kind = message.kind;
                    if (message.key != null && $Object.hasOwnProperty.call(message, "key"))
                        object.key = options.bytes === $String ? $util.base64.encode(message.key, 0, message.key.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.key) : message.key;
                    return object;
                };

                /**
                 * Converts this ItemRef to JSON.
                 * @function toJSON
                 * @memberof weir.bundle.v1.ItemRef
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                ItemRef.prototype.toJSON = function() {
                    return ItemRef.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for ItemRef
                 * @function getTypeUrl
                 * @memberof weir.bundle.v1.ItemRef
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                ItemRef.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/weir.bundle.v1.ItemRef";
                };

                return ItemRef;
            })();

            v1.Items = (function() {

                /**
                 * Properties of an Items.
                 * @typedef {Object} weir.bundle.v1.Items.$Properties
                 * @property {Array.<weir.bundle.v1.Endpoint.$Properties>|null} [endpoints] Items endpoints
                 * @property {Array.<weir.bundle.v1.Identity.$Properties>|null} [identities] Items identities
                 * @property {Array.<weir.bundle.v1.Prefix.$Properties>|null} [prefixes] Items prefixes
                 * @property {Array.<weir.bundle.v1.Selector.$Properties>|null} [selectors] Items selectors
                 * @property {Array.<weir.bundle.v1.Membership.$Properties>|null} [memberships] Items memberships
                 * @property {Array.<weir.bundle.v1.Table.$Properties>|null} [tables] Items tables
                 * @property {Array.<weir.bundle.v1.Service.$Properties>|null} [services] Items services
                 * @property {Array.<weir.bundle.v1.Mode.$Properties>|null} [modes] Items modes
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an Items.
                 * @memberof weir.bundle.v1
                 * @interface IItems
                 * @augments weir.bundle.v1.Items.$Properties
                 * @deprecated Use weir.bundle.v1.Items.$Properties instead.
                 */

                /**
                 * Shape of an Items.
                 * @typedef {weir.bundle.v1.Items.$Properties} weir.bundle.v1.Items.$Shape
                 */

                /**
                 * Constructs a new Items.
                 * @memberof weir.bundle.v1
                 * @classdesc Represents an Items.
                 * @constructor
                 * @param {weir.bundle.v1.Items.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Items = function (properties) {
                    this.endpoints = [];
                    this.identities = [];
                    this.prefixes = [];
                    this.selectors = [];
                    this.memberships = [];
                    this.tables = [];
                    this.services = [];
                    this.modes = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Items endpoints.
                 * @member {Array.<weir.bundle.v1.Endpoint.$Properties>} endpoints
                 * @memberof weir.bundle.v1.Items
                 * @instance
                 */
                Items.prototype.endpoints = $util.emptyArray;

                /**
                 * Items identities.
                 * @member {Array.<weir.bundle.v1.Identity.$Properties>} identities
                 * @memberof weir.bundle.v1.Items
                 * @instance
                 */
                Items.prototype.identities = $util.emptyArray;

                /**
                 * Items prefixes.
                 * @member {Array.<weir.bundle.v1.Prefix.$Properties>} prefixes
                 * @memberof weir.bundle.v1.Items
                 * @instance
                 */
                Items.prototype.prefixes = $util.emptyArray;

                /**
                 * Items selectors.
                 * @member {Array.<weir.bundle.v1.Selector.$Properties>} selectors
                 * @memberof weir.bundle.v1.Items
                 * @instance
                 */
                Items.prototype.selectors = $util.emptyArray;

                /**
                 * Items memberships.
                 * @member {Array.<weir.bundle.v1.Membership.$Properties>} memberships
                 * @memberof weir.bundle.v1.Items
                 * @instance
                 */
                Items.prototype.memberships = $util.emptyArray;

                /**
                 * Items tables.
                 * @member {Array.<weir.bundle.v1.Table.$Properties>} tables
                 * @memberof weir.bundle.v1.Items
                 * @instance
                 */
                Items.prototype.tables = $util.emptyArray;

                /**
                 * Items services.
                 * @member {Array.<weir.bundle.v1.Service.$Properties>} services
                 * @memberof weir.bundle.v1.Items
                 * @instance
                 */
                Items.prototype.services = $util.emptyArray;

                /**
                 * Items modes.
                 * @member {Array.<weir.bundle.v1.Mode.$Properties>} modes
                 * @memberof weir.bundle.v1.Items
                 * @instance
                 */
                Items.prototype.modes = $util.emptyArray;

                /**
                 * Creates a new Items instance using the specified properties.
                 * @function create
                 * @memberof weir.bundle.v1.Items
                 * @static
                 * @param {weir.bundle.v1.Items.$Properties=} [properties] Properties to set
                 * @returns {weir.bundle.v1.Items} Items instance
                 * @type {{
                 *   (properties: weir.bundle.v1.Items.$Shape): weir.bundle.v1.Items & weir.bundle.v1.Items.$Shape;
                 *   (properties?: weir.bundle.v1.Items.$Properties): weir.bundle.v1.Items;
                 * }}
                 */
                Items.create = function(properties) {
                    return new Items(properties);
                };

                /**
                 * Encodes the specified Items message. Does not implicitly {@link weir.bundle.v1.Items.verify|verify} messages.
                 * @function encode
                 * @memberof weir.bundle.v1.Items
                 * @static
                 * @param {weir.bundle.v1.Items.$Properties} message Items message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Items.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.endpoints != null && message.endpoints.length)
                        for (let i = 0; i < message.endpoints.length; ++i)
                            $root.weir.bundle.v1.Endpoint.encode(message.endpoints[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.identities != null && message.identities.length)
                        for (let i = 0; i < message.identities.length; ++i)
                            $root.weir.bundle.v1.Identity.encode(message.identities[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.prefixes != null && message.prefixes.length)
                        for (let i = 0; i < message.prefixes.length; ++i)
                            $root.weir.bundle.v1.Prefix.encode(message.prefixes[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                    if (message.selectors != null && message.selectors.length)
                        for (let i = 0; i < message.selectors.length; ++i)
                            $root.weir.bundle.v1.Selector.encode(message.selectors[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                    if (message.memberships != null && message.memberships.length)
                        for (let i = 0; i < message.memberships.length; ++i)
                            $root.weir.bundle.v1.Membership.encode(message.memberships[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                    if (message.tables != null && message.tables.length)
                        for (let i = 0; i < message.tables.length; ++i)
                            $root.weir.bundle.v1.Table.encode(message.tables[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                    if (message.services != null && message.services.length)
                        for (let i = 0; i < message.services.length; ++i)
                            $root.weir.bundle.v1.Service.encode(message.services[i], writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                    if (message.modes != null && message.modes.length)
                        for (let i = 0; i < message.modes.length; ++i)
                            $root.weir.bundle.v1.Mode.encode(message.modes[i], writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an Items message from the specified reader or buffer.
                 * @function decode
                 * @memberof weir.bundle.v1.Items
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Items & weir.bundle.v1.Items.$Shape} Items
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Items.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weir.bundle.v1.Items();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.endpoints && message.endpoints.length))
                                    message.endpoints = [];
                                message.endpoints.push($root.weir.bundle.v1.Endpoint.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.identities && message.identities.length))
                                    message.identities = [];
                                message.identities.push($root.weir.bundle.v1.Identity.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.prefixes && message.prefixes.length))
                                    message.prefixes = [];
                                message.prefixes.push($root.weir.bundle.v1.Prefix.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.selectors && message.selectors.length))
                                    message.selectors = [];
                                message.selectors.push($root.weir.bundle.v1.Selector.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.memberships && message.memberships.length))
                                    message.memberships = [];
                                message.memberships.push($root.weir.bundle.v1.Membership.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.tables && message.tables.length))
                                    message.tables = [];
                                message.tables.push($root.weir.bundle.v1.Table.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.services && message.services.length))
                                    message.services = [];
                                message.services.push($root.weir.bundle.v1.Service.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.modes && message.modes.length))
                                    message.modes = [];
                                message.modes.push($root.weir.bundle.v1.Mode.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates an Items message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof weir.bundle.v1.Items
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {weir.bundle.v1.Items} Items
                 */
                Items.fromObject = function (object, _depth) {
                    if (object instanceof $root.weir.bundle.v1.Items)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".weir.bundle.v1.Items: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.weir.bundle.v1.Items();
                    if (object.endpoints) {
                        if (!$Array.isArray(object.endpoints))
                            throw $TypeError(".weir.bundle.v1.Items.endpoints: array expected");
                        message.endpoints = $Array(object.endpoints.length);
                        for (let i = 0; i < object.endpoints.length; ++i) {
                            if (!$util.isObject(object.endpoints[i]))
                                throw $TypeError(".weir.bundle.v1.Items.endpoints: object expected");
                            message.endpoints[i] = $root.weir.bundle.v1.Endpoint.fromObject(object.endpoints[i], _depth + 1);
                        }
                    }
                    if (object.identities) {
                        if (!$Array.isArray(object.identities))
                            throw $TypeError(".weir.bundle.v1.Items.identities: array expected");
                        message.identities = $Array(object.identities.length);
                        for (let i = 0; i < object.identities.length; ++i) {
                            if (!$util.isObject(object.identities[i]))
                                throw $TypeError(".weir.bundle.v1.Items.identities: object expected");
                            message.identities[i] = $root.weir.bundle.v1.Identity.fromObject(object.identities[i], _depth + 1);
                        }
                    }
                    if (object.prefixes) {
                        if (!$Array.isArray(object.prefixes))
                            throw $TypeError(".weir.bundle.v1.Items.prefixes: array expected");
                        message.prefixes = $Array(object.prefixes.length);
                        for (let i = 0; i < object.prefixes.length; ++i) {
                            if (!$util.isObject(object.prefixes[i]))
                                throw $TypeError(".weir.bundle.v1.Items.prefixes: object expected");
                            message.prefixes[i] = $root.weir.bundle.v1.Prefix.fromObject(object.prefixes[i], _depth + 1);
                        }
                    }
                    if (object.selectors) {
                        if (!$Array.isArray(object.selectors))
                            throw $TypeError(".weir.bundle.v1.Items.selectors: array expected");
                        message.selectors = $Array(object.selectors.length);
                        for (let i = 0; i < object.selectors.length; ++i) {
                            if (!$util.isObject(object.selectors[i]))
                                throw $TypeError(".weir.bundle.v1.Items.selectors: object expected");
                            message.selectors[i] = $root.weir.bundle.v1.Selector.fromObject(object.selectors[i], _depth + 1);
                        }
                    }
                    if (object.memberships) {
                        if (!$Array.isArray(object.memberships))
                            throw $TypeError(".weir.bundle.v1.Items.memberships: array expected");
                        message.memberships = $Array(object.memberships.length);
                        for (let i = 0; i < object.memberships.length; ++i) {
                            if (!$util.isObject(object.memberships[i]))
                                throw $TypeError(".weir.bundle.v1.Items.memberships: object expected");
                            message.memberships[i] = $root.weir.bundle.v1.Membership.fromObject(object.memberships[i], _depth + 1);
                        }
                    }
                    if (object.tables) {
                        if (!$Array.isArray(object.tables))
                            throw $TypeError(".weir.bundle.v1.Items.tables: array expected");
                        message.tables = $Array(object.tables.length);
                        for (let i = 0; i < object.tables.length; ++i) {
                            if (!$util.isObject(object.tables[i]))
                                throw $TypeError(".weir.bundle.v1.Items.tables: object expected");
                            message.tables[i] = $root.weir.bundle.v1.Table.fromObject(object.tables[i], _depth + 1);
                        }
                    }
                    if (object.services) {
                        if (!$Array.isArray(object.services))
                            throw $TypeError(".weir.bundle.v1.Items.services: array expected");
                        message.services = $Array(object.services.length);
                        for (let i = 0; i < object.services.length; ++i) {
                            if (!$util.isObject(object.services[i]))
                                throw $TypeError(".weir.bundle.v1.Items.services: object expected");
                            message.services[i] = $root.weir.bundle.v1.Service.fromObject(object.services[i], _depth + 1);
                        }
                    }
                    if (object.modes) {
                        if (!$Array.isArray(object.modes))
                            throw $TypeError(".weir.bundle.v1.Items.modes: array expected");
                        message.modes = $Array(object.modes.length);
                        for (let i = 0; i < object.modes.length; ++i) {
                            if (!$util.isObject(object.modes[i]))
                                throw $TypeError(".weir.bundle.v1.Items.modes: object expected");
                            message.modes[i] = $root.weir.bundle.v1.Mode.fromObject(object.modes[i], _depth + 1);
                        }
                    }
                    return message;
                };

                /**
                 * Creates a plain object from an Items message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof weir.bundle.v1.Items
                 * @static
                 * @param {weir.bundle.v1.Items} message Items
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                Items.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults) {
                        object.endpoints = [];
                        object.identities = [];
                        object.prefixes = [];
                        object.selectors = [];
                        object.memberships = [];
                        object.tables = [];
                        object.services = [];
                        object.modes = [];
                    }
                    if (message.endpoints && message.endpoints.length) {
                        object.endpoints = $Array(message.endpoints.length);
                        for (let j = 0; j < message.endpoints.length; ++j)
                            object.endpoints[j] = $root.weir.bundle.v1.Endpoint.toObject(message.endpoints[j], options, _depth + 1);
                    }
                    if (message.identities && message.identities.length) {
                        object.identities = $Array(message.identities.length);
                        for (let j = 0; j < message.identities.length; ++j)
                            object.identities[j] = $root.weir.bundle.v1.Identity.toObject(message.identities[j], options, _depth + 1);
                    }
                    if (message.prefixes && message.prefixes.length) {
                        object.prefixes = $Array(message.prefixes.length);
                        for (let j = 0; j < message.prefixes.length; ++j)
                            object.prefixes[j] = $root.weir.bundle.v1.Prefix.toObject(message.prefixes[j], options, _depth + 1);
                    }
                    if (message.selectors && message.selectors.length) {
                        object.selectors = $Array(message.selectors.length);
                        for (let j = 0; j < message.selectors.length; ++j)
                            object.selectors[j] = $root.weir.bundle.v1.Selector.toObject(message.selectors[j], options, _depth + 1);
                    }
                    if (message.memberships && message.memberships.length) {
                        object.memberships = $Array(message.memberships.length);
                        for (let j = 0; j < message.memberships.length; ++j)
                            object.memberships[j] = $root.weir.bundle.v1.Membership.toObject(message.memberships[j], options, _depth + 1);
                    }
                    if (message.tables && message.tables.length) {
                        object.tables = $Array(message.tables.length);
                        for (let j = 0; j < message.tables.length; ++j)
                            object.tables[j] = $root.weir.bundle.v1.Table.toObject(message.tables[j], options, _depth + 1);
                    }
                    if (message.services && message.services.length) {
                        object.services = $Array(message.services.length);
                        for (let j = 0; j < message.services.length; ++j)
                            object.services[j] = $root.weir.bundle.v1.Service.toObject(message.services[j], options, _depth + 1);
                    }
                    if (message.modes && message.modes.length) {
                        object.modes = $Array(message.modes.length);
                        for (let j = 0; j < message.modes.length; ++j)
                            object.modes[j] = $root.weir.bundle.v1.Mode.toObject(message.modes[j], options, _depth + 1);
                    }
                    return object;
                };

                /**
                 * Converts this Items to JSON.
                 * @function toJSON
                 * @memberof weir.bundle.v1.Items
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                Items.prototype.toJSON = function() {
                    return Items.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for Items
                 * @function getTypeUrl
                 * @memberof weir.bundle.v1.Items
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                Items.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/weir.bundle.v1.Items";
                };

                return Items;
            })();

            v1.Endpoint = (function() {

                /**
                 * Properties of an Endpoint.
                 * @typedef {Object} weir.bundle.v1.Endpoint.$Properties
                 * @property {string|null} [uid] Endpoint uid
                 * @property {string|null} [namespace] Endpoint namespace
                 * @property {string|null} [name] Endpoint name
                 * @property {Array.<Uint8Array>|null} [addresses] Endpoint addresses
                 * @property {Uint8Array|null} [identity] Endpoint identity
                 * @property {Uint8Array|null} [ingressTable] Endpoint ingressTable
                 * @property {Uint8Array|null} [egressTable] Endpoint egressTable
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an Endpoint.
                 * @memberof weir.bundle.v1
                 * @interface IEndpoint
                 * @augments weir.bundle.v1.Endpoint.$Properties
                 * @deprecated Use weir.bundle.v1.Endpoint.$Properties instead.
                 */

                /**
                 * Shape of an Endpoint.
                 * @typedef {weir.bundle.v1.Endpoint.$Properties} weir.bundle.v1.Endpoint.$Shape
                 */

                /**
                 * Constructs a new Endpoint.
                 * @memberof weir.bundle.v1
                 * @classdesc Represents an Endpoint.
                 * @constructor
                 * @param {weir.bundle.v1.Endpoint.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Endpoint = function (properties) {
                    this.addresses = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Endpoint uid.
                 * @member {string} uid
                 * @memberof weir.bundle.v1.Endpoint
                 * @instance
                 */
                Endpoint.prototype.uid = "";

                /**
                 * Endpoint namespace.
                 * @member {string} namespace
                 * @memberof weir.bundle.v1.Endpoint
                 * @instance
                 */
                Endpoint.prototype.namespace = "";

                /**
                 * Endpoint name.
                 * @member {string} name
                 * @memberof weir.bundle.v1.Endpoint
                 * @instance
                 */
                Endpoint.prototype.name = "";

                /**
                 * Endpoint addresses.
                 * @member {Array.<Uint8Array>} addresses
                 * @memberof weir.bundle.v1.Endpoint
                 * @instance
                 */
                Endpoint.prototype.addresses = $util.emptyArray;

                /**
                 * Endpoint identity.
                 * @member {Uint8Array} identity
                 * @memberof weir.bundle.v1.Endpoint
                 * @instance
                 */
                Endpoint.prototype.identity = $util.newBuffer([]);

                /**
                 * Endpoint ingressTable.
                 * @member {Uint8Array} ingressTable
                 * @memberof weir.bundle.v1.Endpoint
                 * @instance
                 */
                Endpoint.prototype.ingressTable = $util.newBuffer([]);

                /**
                 * Endpoint egressTable.
                 * @member {Uint8Array} egressTable
                 * @memberof weir.bundle.v1.Endpoint
                 * @instance
                 */
                Endpoint.prototype.egressTable = $util.newBuffer([]);

                /**
                 * Creates a new Endpoint instance using the specified properties.
                 * @function create
                 * @memberof weir.bundle.v1.Endpoint
                 * @static
                 * @param {weir.bundle.v1.Endpoint.$Properties=} [properties] Properties to set
                 * @returns {weir.bundle.v1.Endpoint} Endpoint instance
                 * @type {{
                 *   (properties: weir.bundle.v1.Endpoint.$Shape): weir.bundle.v1.Endpoint & weir.bundle.v1.Endpoint.$Shape;
                 *   (properties?: weir.bundle.v1.Endpoint.$Properties): weir.bundle.v1.Endpoint;
                 * }}
                 */
                Endpoint.create = function(properties) {
                    return new Endpoint(properties);
                };

                /**
                 * Encodes the specified Endpoint message. Does not implicitly {@link weir.bundle.v1.Endpoint.verify|verify} messages.
                 * @function encode
                 * @memberof weir.bundle.v1.Endpoint
                 * @static
                 * @param {weir.bundle.v1.Endpoint.$Properties} message Endpoint message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Endpoint.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.uid != null && $Object.hasOwnProperty.call(message, "uid") && message.uid !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.uid);
                    if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.namespace);
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.name);
                    if (message.addresses != null && message.addresses.length)
                        for (let i = 0; i < message.addresses.length; ++i)
                            writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.addresses[i]);
                    if (message.identity != null && $Object.hasOwnProperty.call(message, "identity") && message.identity.length)
                        writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.identity);
                    if (message.ingressTable != null && $Object.hasOwnProperty.call(message, "ingressTable") && message.ingressTable.length)
                        writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.ingressTable);
                    if (message.egressTable != null && $Object.hasOwnProperty.call(message, "egressTable") && message.egressTable.length)
                        writer.uint32(/* id 7, wireType 2 =*/58).bytes(message.egressTable);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an Endpoint message from the specified reader or buffer.
                 * @function decode
                 * @memberof weir.bundle.v1.Endpoint
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Endpoint & weir.bundle.v1.Endpoint.$Shape} Endpoint
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Endpoint.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weir.bundle.v1.Endpoint();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.uid = value;
                                else
                                    delete message.uid;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.namespace = value;
                                else
                                    delete message.namespace;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.addresses && message.addresses.length))
                                    message.addresses = [];
                                message.addresses.push(reader.bytes());
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.identity = value;
                                else
                                    delete message.identity;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.ingressTable = value;
                                else
                                    delete message.ingressTable;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.egressTable = value;
                                else
                                    delete message.egressTable;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates an Endpoint message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof weir.bundle.v1.Endpoint
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {weir.bundle.v1.Endpoint} Endpoint
                 */
                Endpoint.fromObject = function (object, _depth) {
                    if (object instanceof $root.weir.bundle.v1.Endpoint)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".weir.bundle.v1.Endpoint: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.weir.bundle.v1.Endpoint();
                    if (object.uid != null)
                        if (typeof object.uid !== "string" || object.uid.length)
                            message.uid = $String(object.uid);
                    if (object.namespace != null)
                        if (typeof object.namespace !== "string" || object.namespace.length)
                            message.namespace = $String(object.namespace);
                    if (object.name != null)
                        if (typeof object.name !== "string" || object.name.length)
                            message.name = $String(object.name);
                    if (object.addresses) {
                        if (!$Array.isArray(object.addresses))
                            throw $TypeError(".weir.bundle.v1.Endpoint.addresses: array expected");
                        message.addresses = $Array(object.addresses.length);
                        for (let i = 0; i < object.addresses.length; ++i)
                            if (typeof object.addresses[i] === "string")
                                $util.base64.decode(object.addresses[i], message.addresses[i] = $util.newBuffer($util.base64.length(object.addresses[i])), 0);
                            else if (object.addresses[i].length >= 0)
                                message.addresses[i] = object.addresses[i];
                    }
                    if (object.identity != null)
                        if (object.identity.length)
                            if (typeof object.identity === "string")
                                $util.base64.decode(object.identity, message.identity = $util.newBuffer($util.base64.length(object.identity)), 0);
                            else if (object.identity.length >= 0)
                                message.identity = object.identity;
                    if (object.ingressTable != null)
                        if (object.ingressTable.length)
                            if (typeof object.ingressTable === "string")
                                $util.base64.decode(object.ingressTable, message.ingressTable = $util.newBuffer($util.base64.length(object.ingressTable)), 0);
                            else if (object.ingressTable.length >= 0)
                                message.ingressTable = object.ingressTable;
                    if (object.egressTable != null)
                        if (object.egressTable.length)
                            if (typeof object.egressTable === "string")
                                $util.base64.decode(object.egressTable, message.egressTable = $util.newBuffer($util.base64.length(object.egressTable)), 0);
                            else if (object.egressTable.length >= 0)
                                message.egressTable = object.egressTable;
                    return message;
                };

                /**
                 * Creates a plain object from an Endpoint message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof weir.bundle.v1.Endpoint
                 * @static
                 * @param {weir.bundle.v1.Endpoint} message Endpoint
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                Endpoint.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults)
                        object.addresses = [];
                    if (options.defaults) {
                        object.uid = "";
                        object.namespace = "";
                        object.name = "";
                        if (options.bytes === $String)
                            object.identity = "";
                        else {
                            object.identity = [];
                            if (options.bytes !== $Array)
                                object.identity = $util.newBuffer(object.identity);
                        }
                        if (options.bytes === $String)
                            object.ingressTable = "";
                        else {
                            object.ingressTable = [];
                            if (options.bytes !== $Array)
                                object.ingressTable = $util.newBuffer(object.ingressTable);
                        }
                        if (options.bytes === $String)
                            object.egressTable = "";
                        else {
                            object.egressTable = [];
                            if (options.bytes !== $Array)
                                object.egressTable = $util.newBuffer(object.egressTable);
                        }
                    }
                    if (message.uid != null && $Object.hasOwnProperty.call(message, "uid"))
                        object.uid = message.uid;
                    if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace"))
                        object.namespace = message.namespace;
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                        object.name = message.name;
                    if (message.addresses && message.addresses.length) {
                        object.addresses = $Array(message.addresses.length);
                        for (let j = 0; j < message.addresses.length; ++j)
                            object.addresses[j] = options.bytes === $String ? $util.base64.encode(message.addresses[j], 0, message.addresses[j].length) : options.bytes === $Array ? $Array.prototype.slice.call(message.addresses[j]) : message.addresses[j];
                    }
                    if (message.identity != null && $Object.hasOwnProperty.call(message, "identity"))
                        object.identity = options.bytes === $String ? $util.base64.encode(message.identity, 0, message.identity.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.identity) : message.identity;
                    if (message.ingressTable != null && $Object.hasOwnProperty.call(message, "ingressTable"))
                        object.ingressTable = options.bytes === $String ? $util.base64.encode(message.ingressTable, 0, message.ingressTable.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.ingressTable) : message.ingressTable;
                    if (message.egressTable != null && $Object.hasOwnProperty.call(message, "egressTable"))
                        object.egressTable = options.bytes === $String ? $util.base64.encode(message.egressTable, 0, message.egressTable.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.egressTable) : message.egressTable;
                    return object;
                };

                /**
                 * Converts this Endpoint to JSON.
                 * @function toJSON
                 * @memberof weir.bundle.v1.Endpoint
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                Endpoint.prototype.toJSON = function() {
                    return Endpoint.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for Endpoint
                 * @function getTypeUrl
                 * @memberof weir.bundle.v1.Endpoint
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                Endpoint.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/weir.bundle.v1.Endpoint";
                };

                return Endpoint;
            })();

            v1.Identity = (function() {

                /**
                 * Properties of an Identity.
                 * @typedef {Object} weir.bundle.v1.Identity.$Properties
                 * @property {Uint8Array|null} [key] Identity key
                 * @property {number|null} [number] Identity number
                 * @property {weir.bundle.v1.Entity|null} [entity] Identity entity
                 * @property {Array.<string>|null} [labels] Identity labels
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an Identity.
                 * @memberof weir.bundle.v1
                 * @interface IIdentity
                 * @augments weir.bundle.v1.Identity.$Properties
                 * @deprecated Use weir.bundle.v1.Identity.$Properties instead.
                 */

                /**
                 * Shape of an Identity.
                 * @typedef {weir.bundle.v1.Identity.$Properties} weir.bundle.v1.Identity.$Shape
                 */

                /**
                 * Constructs a new Identity.
                 * @memberof weir.bundle.v1
                 * @classdesc Represents an Identity.
                 * @constructor
                 * @param {weir.bundle.v1.Identity.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Identity = function (properties) {
                    this.labels = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Identity key.
                 * @member {Uint8Array} key
                 * @memberof weir.bundle.v1.Identity
                 * @instance
                 */
                Identity.prototype.key = $util.newBuffer([]);

                /**
                 * Identity number.
                 * @member {number} number
                 * @memberof weir.bundle.v1.Identity
                 * @instance
                 */
                Identity.prototype.number = 0;

                /**
                 * Identity entity.
                 * @member {weir.bundle.v1.Entity} entity
                 * @memberof weir.bundle.v1.Identity
                 * @instance
                 */
                Identity.prototype.entity = 0;

                /**
                 * Identity labels.
                 * @member {Array.<string>} labels
                 * @memberof weir.bundle.v1.Identity
                 * @instance
                 */
                Identity.prototype.labels = $util.emptyArray;

                /**
                 * Creates a new Identity instance using the specified properties.
                 * @function create
                 * @memberof weir.bundle.v1.Identity
                 * @static
                 * @param {weir.bundle.v1.Identity.$Properties=} [properties] Properties to set
                 * @returns {weir.bundle.v1.Identity} Identity instance
                 * @type {{
                 *   (properties: weir.bundle.v1.Identity.$Shape): weir.bundle.v1.Identity & weir.bundle.v1.Identity.$Shape;
                 *   (properties?: weir.bundle.v1.Identity.$Properties): weir.bundle.v1.Identity;
                 * }}
                 */
                Identity.create = function(properties) {
                    return new Identity(properties);
                };

                /**
                 * Encodes the specified Identity message. Does not implicitly {@link weir.bundle.v1.Identity.verify|verify} messages.
                 * @function encode
                 * @memberof weir.bundle.v1.Identity
                 * @static
                 * @param {weir.bundle.v1.Identity.$Properties} message Identity message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Identity.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key.length)
                        writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.key);
                    if (message.number != null && $Object.hasOwnProperty.call(message, "number") && message.number !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.number);
                    if (message.entity != null && $Object.hasOwnProperty.call(message, "entity") && message.entity !== 0)
                        writer.uint32(/* id 3, wireType 0 =*/24).int32(message.entity);
                    if (message.labels != null && message.labels.length)
                        for (let i = 0; i < message.labels.length; ++i)
                            writer.uint32(/* id 4, wireType 2 =*/34).string(message.labels[i]);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an Identity message from the specified reader or buffer.
                 * @function decode
                 * @memberof weir.bundle.v1.Identity
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Identity & weir.bundle.v1.Identity.$Shape} Identity
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Identity.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weir.bundle.v1.Identity();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.key = value;
                                else
                                    delete message.key;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.number = value;
                                else
                                    delete message.number;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.entity = value;
                                else
                                    delete message.entity;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.labels && message.labels.length))
                                    message.labels = [];
                                message.labels.push(reader.stringVerify());
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates an Identity message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof weir.bundle.v1.Identity
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {weir.bundle.v1.Identity} Identity
                 */
                Identity.fromObject = function (object, _depth) {
                    if (object instanceof $root.weir.bundle.v1.Identity)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".weir.bundle.v1.Identity: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.weir.bundle.v1.Identity();
                    if (object.key != null)
                        if (object.key.length)
                            if (typeof object.key === "string")
                                $util.base64.decode(object.key, message.key = $util.newBuffer($util.base64.length(object.key)), 0);
                            else if (object.key.length >= 0)
                                message.key = object.key;
                    if (object.number != null)
                        if ($Number(object.number) !== 0)
                            message.number = object.number >>> 0;
                    if (object.entity !== 0 && (typeof object.entity !== "string" || $root.weir.bundle.v1.Entity[object.entity] !== 0))
                        switch (object.entity) {
                        case "ENTITY_UNSPECIFIED":
                        case 0:
                            message.entity = 0;
                            break;
                        case "ENTITY_POD":
                        case 1:
                            message.entity = 1;
                            break;
                        case "ENTITY_HOST":
                        case 2:
                            message.entity = 2;
                            break;
                        case "ENTITY_REMOTE_NODE":
                        case 3:
                            message.entity = 3;
                            break;
                        case "ENTITY_KUBE_APISERVER":
                        case 4:
                            message.entity = 4;
                            break;
                        case "ENTITY_HEALTH":
                        case 5:
                            message.entity = 5;
                            break;
                        case "ENTITY_INIT":
                        case 6:
                            message.entity = 6;
                            break;
                        case "ENTITY_UNMANAGED":
                        case 7:
                            message.entity = 7;
                            break;
                        case "ENTITY_INGRESS":
                        case 8:
                            message.entity = 8;
                            break;
                        default:
                            if (typeof object.entity === "number" && (object.entity | 0) === object.entity)
                                message.entity = object.entity;
                        }
                    if (object.labels) {
                        if (!$Array.isArray(object.labels))
                            throw $TypeError(".weir.bundle.v1.Identity.labels: array expected");
                        message.labels = $Array(object.labels.length);
                        for (let i = 0; i < object.labels.length; ++i)
                            message.labels[i] = $String(object.labels[i]);
                    }
                    return message;
                };

                /**
                 * Creates a plain object from an Identity message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof weir.bundle.v1.Identity
                 * @static
                 * @param {weir.bundle.v1.Identity} message Identity
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                Identity.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults)
                        object.labels = [];
                    if (options.defaults) {
                        if (options.bytes === $String)
                            object.key = "";
                        else {
                            object.key = [];
                            if (options.bytes !== $Array)
                                object.key = $util.newBuffer(object.key);
                        }
                        object.number = 0;
                        object.entity = options.enums === $String ? "ENTITY_UNSPECIFIED" : 0;
                    }
                    if (message.key != null && $Object.hasOwnProperty.call(message, "key"))
                        object.key = options.bytes === $String ? $util.base64.encode(message.key, 0, message.key.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.key) : message.key;
                    if (message.number != null && $Object.hasOwnProperty.call(message, "number"))
                        object.number = message.number;
                    if (message.entity != null && $Object.hasOwnProperty.call(message, "entity"))
                        object.entity = options.enums === $String ? $root.weir.bundle.v1.Entity[message.entity] === $undefined ? message.entity : $root.weir.bundle.v1.Entity[message.entity] : message.entity;
                    if (message.labels && message.labels.length) {
                        object.labels = $Array(message.labels.length);
                        for (let j = 0; j < message.labels.length; ++j)
                            object.labels[j] = message.labels[j];
                    }
                    return object;
                };

                /**
                 * Converts this Identity to JSON.
                 * @function toJSON
                 * @memberof weir.bundle.v1.Identity
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                Identity.prototype.toJSON = function() {
                    return Identity.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for Identity
                 * @function getTypeUrl
                 * @memberof weir.bundle.v1.Identity
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                Identity.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/weir.bundle.v1.Identity";
                };

                return Identity;
            })();

            /**
             * Entity enum.
             * @name weir.bundle.v1.Entity
             * @enum {number}
             * @property {number} ENTITY_UNSPECIFIED=0 ENTITY_UNSPECIFIED value
             * @property {number} ENTITY_POD=1 ENTITY_POD value
             * @property {number} ENTITY_HOST=2 ENTITY_HOST value
             * @property {number} ENTITY_REMOTE_NODE=3 ENTITY_REMOTE_NODE value
             * @property {number} ENTITY_KUBE_APISERVER=4 ENTITY_KUBE_APISERVER value
             * @property {number} ENTITY_HEALTH=5 ENTITY_HEALTH value
             * @property {number} ENTITY_INIT=6 ENTITY_INIT value
             * @property {number} ENTITY_UNMANAGED=7 ENTITY_UNMANAGED value
             * @property {number} ENTITY_INGRESS=8 ENTITY_INGRESS value
             */
            v1.Entity = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "ENTITY_UNSPECIFIED"] = 0;
                values[valuesById[1] = "ENTITY_POD"] = 1;
                values[valuesById[2] = "ENTITY_HOST"] = 2;
                values[valuesById[3] = "ENTITY_REMOTE_NODE"] = 3;
                values[valuesById[4] = "ENTITY_KUBE_APISERVER"] = 4;
                values[valuesById[5] = "ENTITY_HEALTH"] = 5;
                values[valuesById[6] = "ENTITY_INIT"] = 6;
                values[valuesById[7] = "ENTITY_UNMANAGED"] = 7;
                values[valuesById[8] = "ENTITY_INGRESS"] = 8;
                return values;
            })();

            v1.Prefix = (function() {

                /**
                 * Properties of a Prefix.
                 * @typedef {Object} weir.bundle.v1.Prefix.$Properties
                 * @property {Uint8Array|null} [address] Prefix address
                 * @property {number|null} [length] Prefix length
                 * @property {Uint8Array|null} [identity] Prefix identity
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Prefix.
                 * @memberof weir.bundle.v1
                 * @interface IPrefix
                 * @augments weir.bundle.v1.Prefix.$Properties
                 * @deprecated Use weir.bundle.v1.Prefix.$Properties instead.
                 */

                /**
                 * Shape of a Prefix.
                 * @typedef {weir.bundle.v1.Prefix.$Properties} weir.bundle.v1.Prefix.$Shape
                 */

                /**
                 * Constructs a new Prefix.
                 * @memberof weir.bundle.v1
                 * @classdesc Represents a Prefix.
                 * @constructor
                 * @param {weir.bundle.v1.Prefix.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Prefix = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Prefix address.
                 * @member {Uint8Array} address
                 * @memberof weir.bundle.v1.Prefix
                 * @instance
                 */
                Prefix.prototype.address = $util.newBuffer([]);

                /**
                 * Prefix length.
                 * @member {number} length
                 * @memberof weir.bundle.v1.Prefix
                 * @instance
                 */
                Prefix.prototype.length = 0;

                /**
                 * Prefix identity.
                 * @member {Uint8Array} identity
                 * @memberof weir.bundle.v1.Prefix
                 * @instance
                 */
                Prefix.prototype.identity = $util.newBuffer([]);

                /**
                 * Creates a new Prefix instance using the specified properties.
                 * @function create
                 * @memberof weir.bundle.v1.Prefix
                 * @static
                 * @param {weir.bundle.v1.Prefix.$Properties=} [properties] Properties to set
                 * @returns {weir.bundle.v1.Prefix} Prefix instance
                 * @type {{
                 *   (properties: weir.bundle.v1.Prefix.$Shape): weir.bundle.v1.Prefix & weir.bundle.v1.Prefix.$Shape;
                 *   (properties?: weir.bundle.v1.Prefix.$Properties): weir.bundle.v1.Prefix;
                 * }}
                 */
                Prefix.create = function(properties) {
                    return new Prefix(properties);
                };

                /**
                 * Encodes the specified Prefix message. Does not implicitly {@link weir.bundle.v1.Prefix.verify|verify} messages.
                 * @function encode
                 * @memberof weir.bundle.v1.Prefix
                 * @static
                 * @param {weir.bundle.v1.Prefix.$Properties} message Prefix message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Prefix.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.address != null && $Object.hasOwnProperty.call(message, "address") && message.address.length)
                        writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.address);
                    if (message.length != null && $Object.hasOwnProperty.call(message, "length") && message.length !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.length);
                    if (message.identity != null && $Object.hasOwnProperty.call(message, "identity") && message.identity.length)
                        writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.identity);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Prefix message from the specified reader or buffer.
                 * @function decode
                 * @memberof weir.bundle.v1.Prefix
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Prefix & weir.bundle.v1.Prefix.$Shape} Prefix
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Prefix.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weir.bundle.v1.Prefix();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.address = value;
                                else
                                    delete message.address;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.length = value;
                                else
                                    delete message.length;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.identity = value;
                                else
                                    delete message.identity;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a Prefix message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof weir.bundle.v1.Prefix
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {weir.bundle.v1.Prefix} Prefix
                 */
                Prefix.fromObject = function (object, _depth) {
                    if (object instanceof $root.weir.bundle.v1.Prefix)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".weir.bundle.v1.Prefix: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.weir.bundle.v1.Prefix();
                    if (object.address != null)
                        if (object.address.length)
                            if (typeof object.address === "string")
                                $util.base64.decode(object.address, message.address = $util.newBuffer($util.base64.length(object.address)), 0);
                            else if (object.address.length >= 0)
                                message.address = object.address;
                    if (object.length != null)
                        if ($Number(object.length) !== 0)
                            message.length = object.length >>> 0;
                    if (object.identity != null)
                        if (object.identity.length)
                            if (typeof object.identity === "string")
                                $util.base64.decode(object.identity, message.identity = $util.newBuffer($util.base64.length(object.identity)), 0);
                            else if (object.identity.length >= 0)
                                message.identity = object.identity;
                    return message;
                };

                /**
                 * Creates a plain object from a Prefix message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof weir.bundle.v1.Prefix
                 * @static
                 * @param {weir.bundle.v1.Prefix} message Prefix
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                Prefix.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        if (options.bytes === $String)
                            object.address = "";
                        else {
                            object.address = [];
                            if (options.bytes !== $Array)
                                object.address = $util.newBuffer(object.address);
                        }
                        object.length = 0;
                        if (options.bytes === $String)
                            object.identity = "";
                        else {
                            object.identity = [];
                            if (options.bytes !== $Array)
                                object.identity = $util.newBuffer(object.identity);
                        }
                    }
                    if (message.address != null && $Object.hasOwnProperty.call(message, "address"))
                        object.address = options.bytes === $String ? $util.base64.encode(message.address, 0, message.address.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.address) : message.address;
                    if (message.length != null && $Object.hasOwnProperty.call(message, "length"))
                        object.length = message.length;
                    if (message.identity != null && $Object.hasOwnProperty.call(message, "identity"))
                        object.identity = options.bytes === $String ? $util.base64.encode(message.identity, 0, message.identity.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.identity) : message.identity;
                    return object;
                };

                /**
                 * Converts this Prefix to JSON.
                 * @function toJSON
                 * @memberof weir.bundle.v1.Prefix
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                Prefix.prototype.toJSON = function() {
                    return Prefix.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for Prefix
                 * @function getTypeUrl
                 * @memberof weir.bundle.v1.Prefix
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                Prefix.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/weir.bundle.v1.Prefix";
                };

                return Prefix;
            })();

            v1.Selector = (function() {

                /**
                 * Properties of a Selector.
                 * @typedef {Object} weir.bundle.v1.Selector.$Properties
                 * @property {Uint8Array|null} [key] Selector key
                 * @property {boolean|null} [any] Selector any
                 * @property {boolean|null} [world] Selector world
                 * @property {Array.<weir.bundle.v1.Block.$Properties>|null} [blocks] Selector blocks
                 * @property {boolean|null} [blocksMatchPods] Selector blocksMatchPods
                 * @property {boolean|null} [blocksMatchNodes] Selector blocksMatchNodes
                 * @property {string|null} [text] Selector text
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Selector.
                 * @memberof weir.bundle.v1
                 * @interface ISelector
                 * @augments weir.bundle.v1.Selector.$Properties
                 * @deprecated Use weir.bundle.v1.Selector.$Properties instead.
                 */

                /**
                 * Shape of a Selector.
                 * @typedef {weir.bundle.v1.Selector.$Properties} weir.bundle.v1.Selector.$Shape
                 */

                /**
                 * Constructs a new Selector.
                 * @memberof weir.bundle.v1
                 * @classdesc Represents a Selector.
                 * @constructor
                 * @param {weir.bundle.v1.Selector.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Selector = function (properties) {
                    this.blocks = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Selector key.
                 * @member {Uint8Array} key
                 * @memberof weir.bundle.v1.Selector
                 * @instance
                 */
                Selector.prototype.key = $util.newBuffer([]);

                /**
                 * Selector any.
                 * @member {boolean} any
                 * @memberof weir.bundle.v1.Selector
                 * @instance
                 */
                Selector.prototype.any = false;

                /**
                 * Selector world.
                 * @member {boolean} world
                 * @memberof weir.bundle.v1.Selector
                 * @instance
                 */
                Selector.prototype.world = false;

                /**
                 * Selector blocks.
                 * @member {Array.<weir.bundle.v1.Block.$Properties>} blocks
                 * @memberof weir.bundle.v1.Selector
                 * @instance
                 */
                Selector.prototype.blocks = $util.emptyArray;

                /**
                 * Selector blocksMatchPods.
                 * @member {boolean} blocksMatchPods
                 * @memberof weir.bundle.v1.Selector
                 * @instance
                 */
                Selector.prototype.blocksMatchPods = false;

                /**
                 * Selector blocksMatchNodes.
                 * @member {boolean} blocksMatchNodes
                 * @memberof weir.bundle.v1.Selector
                 * @instance
                 */
                Selector.prototype.blocksMatchNodes = false;

                /**
                 * Selector text.
                 * @member {string} text
                 * @memberof weir.bundle.v1.Selector
                 * @instance
                 */
                Selector.prototype.text = "";

                /**
                 * Creates a new Selector instance using the specified properties.
                 * @function create
                 * @memberof weir.bundle.v1.Selector
                 * @static
                 * @param {weir.bundle.v1.Selector.$Properties=} [properties] Properties to set
                 * @returns {weir.bundle.v1.Selector} Selector instance
                 * @type {{
                 *   (properties: weir.bundle.v1.Selector.$Shape): weir.bundle.v1.Selector & weir.bundle.v1.Selector.$Shape;
                 *   (properties?: weir.bundle.v1.Selector.$Properties): weir.bundle.v1.Selector;
                 * }}
                 */
                Selector.create = function(properties) {
                    return new Selector(properties);
                };

                /**
                 * Encodes the specified Selector message. Does not implicitly {@link weir.bundle.v1.Selector.verify|verify} messages.
                 * @function encode
                 * @memberof weir.bundle.v1.Selector
                 * @static
                 * @param {weir.bundle.v1.Selector.$Properties} message Selector message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Selector.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key.length)
                        writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.key);
                    if (message.any != null && $Object.hasOwnProperty.call(message, "any") && message.any !== false)
                        writer.uint32(/* id 2, wireType 0 =*/16).bool(message.any);
                    if (message.world != null && $Object.hasOwnProperty.call(message, "world") && message.world !== false)
                        writer.uint32(/* id 3, wireType 0 =*/24).bool(message.world);
                    if (message.blocks != null && message.blocks.length)
                        for (let i = 0; i < message.blocks.length; ++i)
                            $root.weir.bundle.v1.Block.encode(message.blocks[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                    if (message.blocksMatchPods != null && $Object.hasOwnProperty.call(message, "blocksMatchPods") && message.blocksMatchPods !== false)
                        writer.uint32(/* id 5, wireType 0 =*/40).bool(message.blocksMatchPods);
                    if (message.text != null && $Object.hasOwnProperty.call(message, "text") && message.text !== "")
                        writer.uint32(/* id 6, wireType 2 =*/50).string(message.text);
                    if (message.blocksMatchNodes != null && $Object.hasOwnProperty.call(message, "blocksMatchNodes") && message.blocksMatchNodes !== false)
                        writer.uint32(/* id 7, wireType 0 =*/56).bool(message.blocksMatchNodes);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Selector message from the specified reader or buffer.
                 * @function decode
                 * @memberof weir.bundle.v1.Selector
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Selector & weir.bundle.v1.Selector.$Shape} Selector
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Selector.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weir.bundle.v1.Selector();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.key = value;
                                else
                                    delete message.key;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.any = value;
                                else
                                    delete message.any;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.world = value;
                                else
                                    delete message.world;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.blocks && message.blocks.length))
                                    message.blocks = [];
                                message.blocks.push($root.weir.bundle.v1.Block.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.blocksMatchPods = value;
                                else
                                    delete message.blocksMatchPods;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.blocksMatchNodes = value;
                                else
                                    delete message.blocksMatchNodes;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.text = value;
                                else
                                    delete message.text;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a Selector message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof weir.bundle.v1.Selector
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {weir.bundle.v1.Selector} Selector
                 */
                Selector.fromObject = function (object, _depth) {
                    if (object instanceof $root.weir.bundle.v1.Selector)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".weir.bundle.v1.Selector: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.weir.bundle.v1.Selector();
                    if (object.key != null)
                        if (object.key.length)
                            if (typeof object.key === "string")
                                $util.base64.decode(object.key, message.key = $util.newBuffer($util.base64.length(object.key)), 0);
                            else if (object.key.length >= 0)
                                message.key = object.key;
                    if (object.any != null)
                        if (object.any)
                            message.any = $Boolean(object.any);
                    if (object.world != null)
                        if (object.world)
                            message.world = $Boolean(object.world);
                    if (object.blocks) {
                        if (!$Array.isArray(object.blocks))
                            throw $TypeError(".weir.bundle.v1.Selector.blocks: array expected");
                        message.blocks = $Array(object.blocks.length);
                        for (let i = 0; i < object.blocks.length; ++i) {
                            if (!$util.isObject(object.blocks[i]))
                                throw $TypeError(".weir.bundle.v1.Selector.blocks: object expected");
                            message.blocks[i] = $root.weir.bundle.v1.Block.fromObject(object.blocks[i], _depth + 1);
                        }
                    }
                    if (object.blocksMatchPods != null)
                        if (object.blocksMatchPods)
                            message.blocksMatchPods = $Boolean(object.blocksMatchPods);
                    if (object.blocksMatchNodes != null)
                        if (object.blocksMatchNodes)
                            message.blocksMatchNodes = $Boolean(object.blocksMatchNodes);
                    if (object.text != null)
                        if (typeof object.text !== "string" || object.text.length)
                            message.text = $String(object.text);
                    return message;
                };

                /**
                 * Creates a plain object from a Selector message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof weir.bundle.v1.Selector
                 * @static
                 * @param {weir.bundle.v1.Selector} message Selector
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                Selector.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults)
                        object.blocks = [];
                    if (options.defaults) {
                        if (options.bytes === $String)
                            object.key = "";
                        else {
                            object.key = [];
                            if (options.bytes !== $Array)
                                object.key = $util.newBuffer(object.key);
                        }
                        object.any = false;
                        object.world = false;
                        object.blocksMatchPods = false;
                        object.text = "";
                        object.blocksMatchNodes = false;
                    }
                    if (message.key != null && $Object.hasOwnProperty.call(message, "key"))
                        object.key = options.bytes === $String ? $util.base64.encode(message.key, 0, message.key.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.key) : message.key;
                    if (message.any != null && $Object.hasOwnProperty.call(message, "any"))
                        object.any = message.any;
                    if (message.world != null && $Object.hasOwnProperty.call(message, "world"))
                        object.world = message.world;
                    if (message.blocks && message.blocks.length) {
                        object.blocks = $Array(message.blocks.length);
                        for (let j = 0; j < message.blocks.length; ++j)
                            object.blocks[j] = $root.weir.bundle.v1.Block.toObject(message.blocks[j], options, _depth + 1);
                    }
                    if (message.blocksMatchPods != null && $Object.hasOwnProperty.call(message, "blocksMatchPods"))
                        object.blocksMatchPods = message.blocksMatchPods;
                    if (message.text != null && $Object.hasOwnProperty.call(message, "text"))
                        object.text = message.text;
                    if (message.blocksMatchNodes != null && $Object.hasOwnProperty.call(message, "blocksMatchNodes"))
                        object.blocksMatchNodes = message.blocksMatchNodes;
                    return object;
                };

                /**
                 * Converts this Selector to JSON.
                 * @function toJSON
                 * @memberof weir.bundle.v1.Selector
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                Selector.prototype.toJSON = function() {
                    return Selector.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for Selector
                 * @function getTypeUrl
                 * @memberof weir.bundle.v1.Selector
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                Selector.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/weir.bundle.v1.Selector";
                };

                return Selector;
            })();

            v1.Block = (function() {

                /**
                 * Properties of a Block.
                 * @typedef {Object} weir.bundle.v1.Block.$Properties
                 * @property {Uint8Array|null} [address] Block address
                 * @property {number|null} [length] Block length
                 * @property {Array.<weir.bundle.v1.Except.$Properties>|null} [excepts] Block excepts
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Block.
                 * @memberof weir.bundle.v1
                 * @interface IBlock
                 * @augments weir.bundle.v1.Block.$Properties
                 * @deprecated Use weir.bundle.v1.Block.$Properties instead.
                 */

                /**
                 * Shape of a Block.
                 * @typedef {weir.bundle.v1.Block.$Properties} weir.bundle.v1.Block.$Shape
                 */

                /**
                 * Constructs a new Block.
                 * @memberof weir.bundle.v1
                 * @classdesc Represents a Block.
                 * @constructor
                 * @param {weir.bundle.v1.Block.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Block = function (properties) {
                    this.excepts = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Block address.
                 * @member {Uint8Array} address
                 * @memberof weir.bundle.v1.Block
                 * @instance
                 */
                Block.prototype.address = $util.newBuffer([]);

                /**
                 * Block length.
                 * @member {number} length
                 * @memberof weir.bundle.v1.Block
                 * @instance
                 */
                Block.prototype.length = 0;

                /**
                 * Block excepts.
                 * @member {Array.<weir.bundle.v1.Except.$Properties>} excepts
                 * @memberof weir.bundle.v1.Block
                 * @instance
                 */
                Block.prototype.excepts = $util.emptyArray;

                /**
                 * Creates a new Block instance using the specified properties.
                 * @function create
                 * @memberof weir.bundle.v1.Block
                 * @static
                 * @param {weir.bundle.v1.Block.$Properties=} [properties] Properties to set
                 * @returns {weir.bundle.v1.Block} Block instance
                 * @type {{
                 *   (properties: weir.bundle.v1.Block.$Shape): weir.bundle.v1.Block & weir.bundle.v1.Block.$Shape;
                 *   (properties?: weir.bundle.v1.Block.$Properties): weir.bundle.v1.Block;
                 * }}
                 */
                Block.create = function(properties) {
                    return new Block(properties);
                };

                /**
                 * Encodes the specified Block message. Does not implicitly {@link weir.bundle.v1.Block.verify|verify} messages.
                 * @function encode
                 * @memberof weir.bundle.v1.Block
                 * @static
                 * @param {weir.bundle.v1.Block.$Properties} message Block message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Block.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.address != null && $Object.hasOwnProperty.call(message, "address") && message.address.length)
                        writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.address);
                    if (message.length != null && $Object.hasOwnProperty.call(message, "length") && message.length !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.length);
                    if (message.excepts != null && message.excepts.length)
                        for (let i = 0; i < message.excepts.length; ++i)
                            $root.weir.bundle.v1.Except.encode(message.excepts[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Block message from the specified reader or buffer.
                 * @function decode
                 * @memberof weir.bundle.v1.Block
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Block & weir.bundle.v1.Block.$Shape} Block
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Block.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weir.bundle.v1.Block();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.address = value;
                                else
                                    delete message.address;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.length = value;
                                else
                                    delete message.length;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.excepts && message.excepts.length))
                                    message.excepts = [];
                                message.excepts.push($root.weir.bundle.v1.Except.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a Block message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof weir.bundle.v1.Block
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {weir.bundle.v1.Block} Block
                 */
                Block.fromObject = function (object, _depth) {
                    if (object instanceof $root.weir.bundle.v1.Block)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".weir.bundle.v1.Block: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.weir.bundle.v1.Block();
                    if (object.address != null)
                        if (object.address.length)
                            if (typeof object.address === "string")
                                $util.base64.decode(object.address, message.address = $util.newBuffer($util.base64.length(object.address)), 0);
                            else if (object.address.length >= 0)
                                message.address = object.address;
                    if (object.length != null)
                        if ($Number(object.length) !== 0)
                            message.length = object.length >>> 0;
                    if (object.excepts) {
                        if (!$Array.isArray(object.excepts))
                            throw $TypeError(".weir.bundle.v1.Block.excepts: array expected");
                        message.excepts = $Array(object.excepts.length);
                        for (let i = 0; i < object.excepts.length; ++i) {
                            if (!$util.isObject(object.excepts[i]))
                                throw $TypeError(".weir.bundle.v1.Block.excepts: object expected");
                            message.excepts[i] = $root.weir.bundle.v1.Except.fromObject(object.excepts[i], _depth + 1);
                        }
                    }
                    return message;
                };

                /**
                 * Creates a plain object from a Block message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof weir.bundle.v1.Block
                 * @static
                 * @param {weir.bundle.v1.Block} message Block
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                Block.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults)
                        object.excepts = [];
                    if (options.defaults) {
                        if (options.bytes === $String)
                            object.address = "";
                        else {
                            object.address = [];
                            if (options.bytes !== $Array)
                                object.address = $util.newBuffer(object.address);
                        }
                        object.length = 0;
                    }
                    if (message.address != null && $Object.hasOwnProperty.call(message, "address"))
                        object.address = options.bytes === $String ? $util.base64.encode(message.address, 0, message.address.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.address) : message.address;
                    if (message.length != null && $Object.hasOwnProperty.call(message, "length"))
                        object.length = message.length;
                    if (message.excepts && message.excepts.length) {
                        object.excepts = $Array(message.excepts.length);
                        for (let j = 0; j < message.excepts.length; ++j)
                            object.excepts[j] = $root.weir.bundle.v1.Except.toObject(message.excepts[j], options, _depth + 1);
                    }
                    return object;
                };

                /**
                 * Converts this Block to JSON.
                 * @function toJSON
                 * @memberof weir.bundle.v1.Block
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                Block.prototype.toJSON = function() {
                    return Block.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for Block
                 * @function getTypeUrl
                 * @memberof weir.bundle.v1.Block
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                Block.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/weir.bundle.v1.Block";
                };

                return Block;
            })();

            v1.Except = (function() {

                /**
                 * Properties of an Except.
                 * @typedef {Object} weir.bundle.v1.Except.$Properties
                 * @property {Uint8Array|null} [address] Except address
                 * @property {number|null} [length] Except length
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an Except.
                 * @memberof weir.bundle.v1
                 * @interface IExcept
                 * @augments weir.bundle.v1.Except.$Properties
                 * @deprecated Use weir.bundle.v1.Except.$Properties instead.
                 */

                /**
                 * Shape of an Except.
                 * @typedef {weir.bundle.v1.Except.$Properties} weir.bundle.v1.Except.$Shape
                 */

                /**
                 * Constructs a new Except.
                 * @memberof weir.bundle.v1
                 * @classdesc Represents an Except.
                 * @constructor
                 * @param {weir.bundle.v1.Except.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Except = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Except address.
                 * @member {Uint8Array} address
                 * @memberof weir.bundle.v1.Except
                 * @instance
                 */
                Except.prototype.address = $util.newBuffer([]);

                /**
                 * Except length.
                 * @member {number} length
                 * @memberof weir.bundle.v1.Except
                 * @instance
                 */
                Except.prototype.length = 0;

                /**
                 * Creates a new Except instance using the specified properties.
                 * @function create
                 * @memberof weir.bundle.v1.Except
                 * @static
                 * @param {weir.bundle.v1.Except.$Properties=} [properties] Properties to set
                 * @returns {weir.bundle.v1.Except} Except instance
                 * @type {{
                 *   (properties: weir.bundle.v1.Except.$Shape): weir.bundle.v1.Except & weir.bundle.v1.Except.$Shape;
                 *   (properties?: weir.bundle.v1.Except.$Properties): weir.bundle.v1.Except;
                 * }}
                 */
                Except.create = function(properties) {
                    return new Except(properties);
                };

                /**
                 * Encodes the specified Except message. Does not implicitly {@link weir.bundle.v1.Except.verify|verify} messages.
                 * @function encode
                 * @memberof weir.bundle.v1.Except
                 * @static
                 * @param {weir.bundle.v1.Except.$Properties} message Except message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Except.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.address != null && $Object.hasOwnProperty.call(message, "address") && message.address.length)
                        writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.address);
                    if (message.length != null && $Object.hasOwnProperty.call(message, "length") && message.length !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.length);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an Except message from the specified reader or buffer.
                 * @function decode
                 * @memberof weir.bundle.v1.Except
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Except & weir.bundle.v1.Except.$Shape} Except
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Except.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weir.bundle.v1.Except();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.address = value;
                                else
                                    delete message.address;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.length = value;
                                else
                                    delete message.length;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates an Except message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof weir.bundle.v1.Except
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {weir.bundle.v1.Except} Except
                 */
                Except.fromObject = function (object, _depth) {
                    if (object instanceof $root.weir.bundle.v1.Except)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".weir.bundle.v1.Except: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.weir.bundle.v1.Except();
                    if (object.address != null)
                        if (object.address.length)
                            if (typeof object.address === "string")
                                $util.base64.decode(object.address, message.address = $util.newBuffer($util.base64.length(object.address)), 0);
                            else if (object.address.length >= 0)
                                message.address = object.address;
                    if (object.length != null)
                        if ($Number(object.length) !== 0)
                            message.length = object.length >>> 0;
                    return message;
                };

                /**
                 * Creates a plain object from an Except message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof weir.bundle.v1.Except
                 * @static
                 * @param {weir.bundle.v1.Except} message Except
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                Except.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        if (options.bytes === $String)
                            object.address = "";
                        else {
                            object.address = [];
                            if (options.bytes !== $Array)
                                object.address = $util.newBuffer(object.address);
                        }
                        object.length = 0;
                    }
                    if (message.address != null && $Object.hasOwnProperty.call(message, "address"))
                        object.address = options.bytes === $String ? $util.base64.encode(message.address, 0, message.address.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.address) : message.address;
                    if (message.length != null && $Object.hasOwnProperty.call(message, "length"))
                        object.length = message.length;
                    return object;
                };

                /**
                 * Converts this Except to JSON.
                 * @function toJSON
                 * @memberof weir.bundle.v1.Except
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                Except.prototype.toJSON = function() {
                    return Except.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for Except
                 * @function getTypeUrl
                 * @memberof weir.bundle.v1.Except
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                Except.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/weir.bundle.v1.Except";
                };

                return Except;
            })();

            v1.Membership = (function() {

                /**
                 * Properties of a Membership.
                 * @typedef {Object} weir.bundle.v1.Membership.$Properties
                 * @property {Uint8Array|null} [selector] Membership selector
                 * @property {Uint8Array|null} [identity] Membership identity
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Membership.
                 * @memberof weir.bundle.v1
                 * @interface IMembership
                 * @augments weir.bundle.v1.Membership.$Properties
                 * @deprecated Use weir.bundle.v1.Membership.$Properties instead.
                 */

                /**
                 * Shape of a Membership.
                 * @typedef {weir.bundle.v1.Membership.$Properties} weir.bundle.v1.Membership.$Shape
                 */

                /**
                 * Constructs a new Membership.
                 * @memberof weir.bundle.v1
                 * @classdesc Represents a Membership.
                 * @constructor
                 * @param {weir.bundle.v1.Membership.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Membership = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Membership selector.
                 * @member {Uint8Array} selector
                 * @memberof weir.bundle.v1.Membership
                 * @instance
                 */
                Membership.prototype.selector = $util.newBuffer([]);

                /**
                 * Membership identity.
                 * @member {Uint8Array} identity
                 * @memberof weir.bundle.v1.Membership
                 * @instance
                 */
                Membership.prototype.identity = $util.newBuffer([]);

                /**
                 * Creates a new Membership instance using the specified properties.
                 * @function create
                 * @memberof weir.bundle.v1.Membership
                 * @static
                 * @param {weir.bundle.v1.Membership.$Properties=} [properties] Properties to set
                 * @returns {weir.bundle.v1.Membership} Membership instance
                 * @type {{
                 *   (properties: weir.bundle.v1.Membership.$Shape): weir.bundle.v1.Membership & weir.bundle.v1.Membership.$Shape;
                 *   (properties?: weir.bundle.v1.Membership.$Properties): weir.bundle.v1.Membership;
                 * }}
                 */
                Membership.create = function(properties) {
                    return new Membership(properties);
                };

                /**
                 * Encodes the specified Membership message. Does not implicitly {@link weir.bundle.v1.Membership.verify|verify} messages.
                 * @function encode
                 * @memberof weir.bundle.v1.Membership
                 * @static
                 * @param {weir.bundle.v1.Membership.$Properties} message Membership message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Membership.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.selector != null && $Object.hasOwnProperty.call(message, "selector") && message.selector.length)
                        writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.selector);
                    if (message.identity != null && $Object.hasOwnProperty.call(message, "identity") && message.identity.length)
                        writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.identity);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Membership message from the specified reader or buffer.
                 * @function decode
                 * @memberof weir.bundle.v1.Membership
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Membership & weir.bundle.v1.Membership.$Shape} Membership
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Membership.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weir.bundle.v1.Membership();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.selector = value;
                                else
                                    delete message.selector;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.identity = value;
                                else
                                    delete message.identity;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a Membership message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof weir.bundle.v1.Membership
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {weir.bundle.v1.Membership} Membership
                 */
                Membership.fromObject = function (object, _depth) {
                    if (object instanceof $root.weir.bundle.v1.Membership)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".weir.bundle.v1.Membership: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.weir.bundle.v1.Membership();
                    if (object.selector != null)
                        if (object.selector.length)
                            if (typeof object.selector === "string")
                                $util.base64.decode(object.selector, message.selector = $util.newBuffer($util.base64.length(object.selector)), 0);
                            else if (object.selector.length >= 0)
                                message.selector = object.selector;
                    if (object.identity != null)
                        if (object.identity.length)
                            if (typeof object.identity === "string")
                                $util.base64.decode(object.identity, message.identity = $util.newBuffer($util.base64.length(object.identity)), 0);
                            else if (object.identity.length >= 0)
                                message.identity = object.identity;
                    return message;
                };

                /**
                 * Creates a plain object from a Membership message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof weir.bundle.v1.Membership
                 * @static
                 * @param {weir.bundle.v1.Membership} message Membership
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                Membership.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        if (options.bytes === $String)
                            object.selector = "";
                        else {
                            object.selector = [];
                            if (options.bytes !== $Array)
                                object.selector = $util.newBuffer(object.selector);
                        }
                        if (options.bytes === $String)
                            object.identity = "";
                        else {
                            object.identity = [];
                            if (options.bytes !== $Array)
                                object.identity = $util.newBuffer(object.identity);
                        }
                    }
                    if (message.selector != null && $Object.hasOwnProperty.call(message, "selector"))
                        object.selector = options.bytes === $String ? $util.base64.encode(message.selector, 0, message.selector.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.selector) : message.selector;
                    if (message.identity != null && $Object.hasOwnProperty.call(message, "identity"))
                        object.identity = options.bytes === $String ? $util.base64.encode(message.identity, 0, message.identity.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.identity) : message.identity;
                    return object;
                };

                /**
                 * Converts this Membership to JSON.
                 * @function toJSON
                 * @memberof weir.bundle.v1.Membership
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                Membership.prototype.toJSON = function() {
                    return Membership.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for Membership
                 * @function getTypeUrl
                 * @memberof weir.bundle.v1.Membership
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                Membership.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/weir.bundle.v1.Membership";
                };

                return Membership;
            })();

            v1.Service = (function() {

                /**
                 * Properties of a Service.
                 * @typedef {Object} weir.bundle.v1.Service.$Properties
                 * @property {string|null} [key] Service key
                 * @property {Array.<Uint8Array>|null} [addresses] Service addresses
                 * @property {Array.<weir.bundle.v1.ServicePort.$Properties>|null} [ports] Service ports
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Service.
                 * @memberof weir.bundle.v1
                 * @interface IService
                 * @augments weir.bundle.v1.Service.$Properties
                 * @deprecated Use weir.bundle.v1.Service.$Properties instead.
                 */

                /**
                 * Shape of a Service.
                 * @typedef {weir.bundle.v1.Service.$Properties} weir.bundle.v1.Service.$Shape
                 */

                /**
                 * Constructs a new Service.
                 * @memberof weir.bundle.v1
                 * @classdesc Represents a Service.
                 * @constructor
                 * @param {weir.bundle.v1.Service.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Service = function (properties) {
                    this.addresses = [];
                    this.ports = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Service key.
                 * @member {string} key
                 * @memberof weir.bundle.v1.Service
                 * @instance
                 */
                Service.prototype.key = "";

                /**
                 * Service addresses.
                 * @member {Array.<Uint8Array>} addresses
                 * @memberof weir.bundle.v1.Service
                 * @instance
                 */
                Service.prototype.addresses = $util.emptyArray;

                /**
                 * Service ports.
                 * @member {Array.<weir.bundle.v1.ServicePort.$Properties>} ports
                 * @memberof weir.bundle.v1.Service
                 * @instance
                 */
                Service.prototype.ports = $util.emptyArray;

                /**
                 * Creates a new Service instance using the specified properties.
                 * @function create
                 * @memberof weir.bundle.v1.Service
                 * @static
                 * @param {weir.bundle.v1.Service.$Properties=} [properties] Properties to set
                 * @returns {weir.bundle.v1.Service} Service instance
                 * @type {{
                 *   (properties: weir.bundle.v1.Service.$Shape): weir.bundle.v1.Service & weir.bundle.v1.Service.$Shape;
                 *   (properties?: weir.bundle.v1.Service.$Properties): weir.bundle.v1.Service;
                 * }}
                 */
                Service.create = function(properties) {
                    return new Service(properties);
                };

                /**
                 * Encodes the specified Service message. Does not implicitly {@link weir.bundle.v1.Service.verify|verify} messages.
                 * @function encode
                 * @memberof weir.bundle.v1.Service
                 * @static
                 * @param {weir.bundle.v1.Service.$Properties} message Service message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Service.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.key);
                    if (message.addresses != null && message.addresses.length)
                        for (let i = 0; i < message.addresses.length; ++i)
                            writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.addresses[i]);
                    if (message.ports != null && message.ports.length)
                        for (let i = 0; i < message.ports.length; ++i)
                            $root.weir.bundle.v1.ServicePort.encode(message.ports[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Service message from the specified reader or buffer.
                 * @function decode
                 * @memberof weir.bundle.v1.Service
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Service & weir.bundle.v1.Service.$Shape} Service
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Service.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weir.bundle.v1.Service();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.key = value;
                                else
                                    delete message.key;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.addresses && message.addresses.length))
                                    message.addresses = [];
                                message.addresses.push(reader.bytes());
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.ports && message.ports.length))
                                    message.ports = [];
                                message.ports.push($root.weir.bundle.v1.ServicePort.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a Service message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof weir.bundle.v1.Service
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {weir.bundle.v1.Service} Service
                 */
                Service.fromObject = function (object, _depth) {
                    if (object instanceof $root.weir.bundle.v1.Service)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".weir.bundle.v1.Service: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.weir.bundle.v1.Service();
                    if (object.key != null)
                        if (typeof object.key !== "string" || object.key.length)
                            message.key = $String(object.key);
                    if (object.addresses) {
                        if (!$Array.isArray(object.addresses))
                            throw $TypeError(".weir.bundle.v1.Service.addresses: array expected");
                        message.addresses = $Array(object.addresses.length);
                        for (let i = 0; i < object.addresses.length; ++i)
                            if (typeof object.addresses[i] === "string")
                                $util.base64.decode(object.addresses[i], message.addresses[i] = $util.newBuffer($util.base64.length(object.addresses[i])), 0);
                            else if (object.addresses[i].length >= 0)
                                message.addresses[i] = object.addresses[i];
                    }
                    if (object.ports) {
                        if (!$Array.isArray(object.ports))
                            throw $TypeError(".weir.bundle.v1.Service.ports: array expected");
                        message.ports = $Array(object.ports.length);
                        for (let i = 0; i < object.ports.length; ++i) {
                            if (!$util.isObject(object.ports[i]))
                                throw $TypeError(".weir.bundle.v1.Service.ports: object expected");
                            message.ports[i] = $root.weir.bundle.v1.ServicePort.fromObject(object.ports[i], _depth + 1);
                        }
                    }
                    return message;
                };

                /**
                 * Creates a plain object from a Service message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof weir.bundle.v1.Service
                 * @static
                 * @param {weir.bundle.v1.Service} message Service
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                Service.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults) {
                        object.addresses = [];
                        object.ports = [];
                    }
                    if (options.defaults)
                        object.key = "";
                    if (message.key != null && $Object.hasOwnProperty.call(message, "key"))
                        object.key = message.key;
                    if (message.addresses && message.addresses.length) {
                        object.addresses = $Array(message.addresses.length);
                        for (let j = 0; j < message.addresses.length; ++j)
                            object.addresses[j] = options.bytes === $String ? $util.base64.encode(message.addresses[j], 0, message.addresses[j].length) : options.bytes === $Array ? $Array.prototype.slice.call(message.addresses[j]) : message.addresses[j];
                    }
                    if (message.ports && message.ports.length) {
                        object.ports = $Array(message.ports.length);
                        for (let j = 0; j < message.ports.length; ++j)
                            object.ports[j] = $root.weir.bundle.v1.ServicePort.toObject(message.ports[j], options, _depth + 1);
                    }
                    return object;
                };

                /**
                 * Converts this Service to JSON.
                 * @function toJSON
                 * @memberof weir.bundle.v1.Service
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                Service.prototype.toJSON = function() {
                    return Service.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for Service
                 * @function getTypeUrl
                 * @memberof weir.bundle.v1.Service
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                Service.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/weir.bundle.v1.Service";
                };

                return Service;
            })();

            v1.ServicePort = (function() {

                /**
                 * Properties of a ServicePort.
                 * @typedef {Object} weir.bundle.v1.ServicePort.$Properties
                 * @property {number|null} [protocol] ServicePort protocol
                 * @property {number|null} [port] ServicePort port
                 * @property {number|null} [nodePort] ServicePort nodePort
                 * @property {Array.<weir.bundle.v1.Backend.$Properties>|null} [backends] ServicePort backends
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a ServicePort.
                 * @memberof weir.bundle.v1
                 * @interface IServicePort
                 * @augments weir.bundle.v1.ServicePort.$Properties
                 * @deprecated Use weir.bundle.v1.ServicePort.$Properties instead.
                 */

                /**
                 * Shape of a ServicePort.
                 * @typedef {weir.bundle.v1.ServicePort.$Properties} weir.bundle.v1.ServicePort.$Shape
                 */

                /**
                 * Constructs a new ServicePort.
                 * @memberof weir.bundle.v1
                 * @classdesc Represents a ServicePort.
                 * @constructor
                 * @param {weir.bundle.v1.ServicePort.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ServicePort = function (properties) {
                    this.backends = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ServicePort protocol.
                 * @member {number} protocol
                 * @memberof weir.bundle.v1.ServicePort
                 * @instance
                 */
                ServicePort.prototype.protocol = 0;

                /**
                 * ServicePort port.
                 * @member {number} port
                 * @memberof weir.bundle.v1.ServicePort
                 * @instance
                 */
                ServicePort.prototype.port = 0;

                /**
                 * ServicePort nodePort.
                 * @member {number} nodePort
                 * @memberof weir.bundle.v1.ServicePort
                 * @instance
                 */
                ServicePort.prototype.nodePort = 0;

                /**
                 * ServicePort backends.
                 * @member {Array.<weir.bundle.v1.Backend.$Properties>} backends
                 * @memberof weir.bundle.v1.ServicePort
                 * @instance
                 */
                ServicePort.prototype.backends = $util.emptyArray;

                /**
                 * Creates a new ServicePort instance using the specified properties.
                 * @function create
                 * @memberof weir.bundle.v1.ServicePort
                 * @static
                 * @param {weir.bundle.v1.ServicePort.$Properties=} [properties] Properties to set
                 * @returns {weir.bundle.v1.ServicePort} ServicePort instance
                 * @type {{
                 *   (properties: weir.bundle.v1.ServicePort.$Shape): weir.bundle.v1.ServicePort & weir.bundle.v1.ServicePort.$Shape;
                 *   (properties?: weir.bundle.v1.ServicePort.$Properties): weir.bundle.v1.ServicePort;
                 * }}
                 */
                ServicePort.create = function(properties) {
                    return new ServicePort(properties);
                };

                /**
                 * Encodes the specified ServicePort message. Does not implicitly {@link weir.bundle.v1.ServicePort.verify|verify} messages.
                 * @function encode
                 * @memberof weir.bundle.v1.ServicePort
                 * @static
                 * @param {weir.bundle.v1.ServicePort.$Properties} message ServicePort message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ServicePort.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol") && message.protocol !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.protocol);
                    if (message.port != null && $Object.hasOwnProperty.call(message, "port") && message.port !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.port);
                    if (message.nodePort != null && $Object.hasOwnProperty.call(message, "nodePort") && message.nodePort !== 0)
                        writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.nodePort);
                    if (message.backends != null && message.backends.length)
                        for (let i = 0; i < message.backends.length; ++i)
                            $root.weir.bundle.v1.Backend.encode(message.backends[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a ServicePort message from the specified reader or buffer.
                 * @function decode
                 * @memberof weir.bundle.v1.ServicePort
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.ServicePort & weir.bundle.v1.ServicePort.$Shape} ServicePort
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ServicePort.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weir.bundle.v1.ServicePort();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.protocol = value;
                                else
                                    delete message.protocol;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.port = value;
                                else
                                    delete message.port;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.nodePort = value;
                                else
                                    delete message.nodePort;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.backends && message.backends.length))
                                    message.backends = [];
                                message.backends.push($root.weir.bundle.v1.Backend.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a ServicePort message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof weir.bundle.v1.ServicePort
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {weir.bundle.v1.ServicePort} ServicePort
                 */
                ServicePort.fromObject = function (object, _depth) {
                    if (object instanceof $root.weir.bundle.v1.ServicePort)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".weir.bundle.v1.ServicePort: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.weir.bundle.v1.ServicePort();
                    if (object.protocol != null)
                        if ($Number(object.protocol) !== 0)
                            message.protocol = object.protocol >>> 0;
                    if (object.port != null)
                        if ($Number(object.port) !== 0)
                            message.port = object.port >>> 0;
                    if (object.nodePort != null)
                        if ($Number(object.nodePort) !== 0)
                            message.nodePort = object.nodePort >>> 0;
                    if (object.backends) {
                        if (!$Array.isArray(object.backends))
                            throw $TypeError(".weir.bundle.v1.ServicePort.backends: array expected");
                        message.backends = $Array(object.backends.length);
                        for (let i = 0; i < object.backends.length; ++i) {
                            if (!$util.isObject(object.backends[i]))
                                throw $TypeError(".weir.bundle.v1.ServicePort.backends: object expected");
                            message.backends[i] = $root.weir.bundle.v1.Backend.fromObject(object.backends[i], _depth + 1);
                        }
                    }
                    return message;
                };

                /**
                 * Creates a plain object from a ServicePort message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof weir.bundle.v1.ServicePort
                 * @static
                 * @param {weir.bundle.v1.ServicePort} message ServicePort
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                ServicePort.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults)
                        object.backends = [];
                    if (options.defaults) {
                        object.protocol = 0;
                        object.port = 0;
                        object.nodePort = 0;
                    }
                    if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol"))
                        object.protocol = message.protocol;
                    if (message.port != null && $Object.hasOwnProperty.call(message, "port"))
                        object.port = message.port;
                    if (message.nodePort != null && $Object.hasOwnProperty.call(message, "nodePort"))
                        object.nodePort = message.nodePort;
                    if (message.backends && message.backends.length) {
                        object.backends = $Array(message.backends.length);
                        for (let j = 0; j < message.backends.length; ++j)
                            object.backends[j] = $root.weir.bundle.v1.Backend.toObject(message.backends[j], options, _depth + 1);
                    }
                    return object;
                };

                /**
                 * Converts this ServicePort to JSON.
                 * @function toJSON
                 * @memberof weir.bundle.v1.ServicePort
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                ServicePort.prototype.toJSON = function() {
                    return ServicePort.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for ServicePort
                 * @function getTypeUrl
                 * @memberof weir.bundle.v1.ServicePort
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                ServicePort.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/weir.bundle.v1.ServicePort";
                };

                return ServicePort;
            })();

            v1.Backend = (function() {

                /**
                 * Properties of a Backend.
                 * @typedef {Object} weir.bundle.v1.Backend.$Properties
                 * @property {Uint8Array|null} [address] Backend address
                 * @property {number|null} [port] Backend port
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Backend.
                 * @memberof weir.bundle.v1
                 * @interface IBackend
                 * @augments weir.bundle.v1.Backend.$Properties
                 * @deprecated Use weir.bundle.v1.Backend.$Properties instead.
                 */

                /**
                 * Shape of a Backend.
                 * @typedef {weir.bundle.v1.Backend.$Properties} weir.bundle.v1.Backend.$Shape
                 */

                /**
                 * Constructs a new Backend.
                 * @memberof weir.bundle.v1
                 * @classdesc Represents a Backend.
                 * @constructor
                 * @param {weir.bundle.v1.Backend.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Backend = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Backend address.
                 * @member {Uint8Array} address
                 * @memberof weir.bundle.v1.Backend
                 * @instance
                 */
                Backend.prototype.address = $util.newBuffer([]);

                /**
                 * Backend port.
                 * @member {number} port
                 * @memberof weir.bundle.v1.Backend
                 * @instance
                 */
                Backend.prototype.port = 0;

                /**
                 * Creates a new Backend instance using the specified properties.
                 * @function create
                 * @memberof weir.bundle.v1.Backend
                 * @static
                 * @param {weir.bundle.v1.Backend.$Properties=} [properties] Properties to set
                 * @returns {weir.bundle.v1.Backend} Backend instance
                 * @type {{
                 *   (properties: weir.bundle.v1.Backend.$Shape): weir.bundle.v1.Backend & weir.bundle.v1.Backend.$Shape;
                 *   (properties?: weir.bundle.v1.Backend.$Properties): weir.bundle.v1.Backend;
                 * }}
                 */
                Backend.create = function(properties) {
                    return new Backend(properties);
                };

                /**
                 * Encodes the specified Backend message. Does not implicitly {@link weir.bundle.v1.Backend.verify|verify} messages.
                 * @function encode
                 * @memberof weir.bundle.v1.Backend
                 * @static
                 * @param {weir.bundle.v1.Backend.$Properties} message Backend message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Backend.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.address != null && $Object.hasOwnProperty.call(message, "address") && message.address.length)
                        writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.address);
                    if (message.port != null && $Object.hasOwnProperty.call(message, "port") && message.port !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.port);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Backend message from the specified reader or buffer.
                 * @function decode
                 * @memberof weir.bundle.v1.Backend
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Backend & weir.bundle.v1.Backend.$Shape} Backend
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Backend.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weir.bundle.v1.Backend();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.address = value;
                                else
                                    delete message.address;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.port = value;
                                else
                                    delete message.port;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a Backend message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof weir.bundle.v1.Backend
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {weir.bundle.v1.Backend} Backend
                 */
                Backend.fromObject = function (object, _depth) {
                    if (object instanceof $root.weir.bundle.v1.Backend)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".weir.bundle.v1.Backend: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.weir.bundle.v1.Backend();
                    if (object.address != null)
                        if (object.address.length)
                            if (typeof object.address === "string")
                                $util.base64.decode(object.address, message.address = $util.newBuffer($util.base64.length(object.address)), 0);
                            else if (object.address.length >= 0)
                                message.address = object.address;
                    if (object.port != null)
                        if ($Number(object.port) !== 0)
                            message.port = object.port >>> 0;
                    return message;
                };

                /**
                 * Creates a plain object from a Backend message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof weir.bundle.v1.Backend
                 * @static
                 * @param {weir.bundle.v1.Backend} message Backend
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                Backend.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        if (options.bytes === $String)
                            object.address = "";
                        else {
                            object.address = [];
                            if (options.bytes !== $Array)
                                object.address = $util.newBuffer(object.address);
                        }
                        object.port = 0;
                    }
                    if (message.address != null && $Object.hasOwnProperty.call(message, "address"))
                        object.address = options.bytes === $String ? $util.base64.encode(message.address, 0, message.address.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.address) : message.address;
                    if (message.port != null && $Object.hasOwnProperty.call(message, "port"))
                        object.port = message.port;
                    return object;
                };

                /**
                 * Converts this Backend to JSON.
                 * @function toJSON
                 * @memberof weir.bundle.v1.Backend
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                Backend.prototype.toJSON = function() {
                    return Backend.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for Backend
                 * @function getTypeUrl
                 * @memberof weir.bundle.v1.Backend
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                Backend.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/weir.bundle.v1.Backend";
                };

                return Backend;
            })();

            v1.Mode = (function() {

                /**
                 * Properties of a Mode.
                 * @typedef {Object} weir.bundle.v1.Mode.$Properties
                 * @property {boolean|null} [observe] Mode observe
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Mode.
                 * @memberof weir.bundle.v1
                 * @interface IMode
                 * @augments weir.bundle.v1.Mode.$Properties
                 * @deprecated Use weir.bundle.v1.Mode.$Properties instead.
                 */

                /**
                 * Shape of a Mode.
                 * @typedef {weir.bundle.v1.Mode.$Properties} weir.bundle.v1.Mode.$Shape
                 */

                /**
                 * Constructs a new Mode.
                 * @memberof weir.bundle.v1
                 * @classdesc Represents a Mode.
                 * @constructor
                 * @param {weir.bundle.v1.Mode.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Mode = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Mode observe.
                 * @member {boolean} observe
                 * @memberof weir.bundle.v1.Mode
                 * @instance
                 */
                Mode.prototype.observe = false;

                /**
                 * Creates a new Mode instance using the specified properties.
                 * @function create
                 * @memberof weir.bundle.v1.Mode
                 * @static
                 * @param {weir.bundle.v1.Mode.$Properties=} [properties] Properties to set
                 * @returns {weir.bundle.v1.Mode} Mode instance
                 * @type {{
                 *   (properties: weir.bundle.v1.Mode.$Shape): weir.bundle.v1.Mode & weir.bundle.v1.Mode.$Shape;
                 *   (properties?: weir.bundle.v1.Mode.$Properties): weir.bundle.v1.Mode;
                 * }}
                 */
                Mode.create = function(properties) {
                    return new Mode(properties);
                };

                /**
                 * Encodes the specified Mode message. Does not implicitly {@link weir.bundle.v1.Mode.verify|verify} messages.
                 * @function encode
                 * @memberof weir.bundle.v1.Mode
                 * @static
                 * @param {weir.bundle.v1.Mode.$Properties} message Mode message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Mode.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.observe != null && $Object.hasOwnProperty.call(message, "observe") && message.observe !== false)
                        writer.uint32(/* id 1, wireType 0 =*/8).bool(message.observe);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Mode message from the specified reader or buffer.
                 * @function decode
                 * @memberof weir.bundle.v1.Mode
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Mode & weir.bundle.v1.Mode.$Shape} Mode
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Mode.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weir.bundle.v1.Mode();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.observe = value;
                                else
                                    delete message.observe;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a Mode message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof weir.bundle.v1.Mode
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {weir.bundle.v1.Mode} Mode
                 */
                Mode.fromObject = function (object, _depth) {
                    if (object instanceof $root.weir.bundle.v1.Mode)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".weir.bundle.v1.Mode: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.weir.bundle.v1.Mode();
                    if (object.observe != null)
                        if (object.observe)
                            message.observe = $Boolean(object.observe);
                    return message;
                };

                /**
                 * Creates a plain object from a Mode message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof weir.bundle.v1.Mode
                 * @static
                 * @param {weir.bundle.v1.Mode} message Mode
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                Mode.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults)
                        object.observe = false;
                    if (message.observe != null && $Object.hasOwnProperty.call(message, "observe"))
                        object.observe = message.observe;
                    return object;
                };

                /**
                 * Converts this Mode to JSON.
                 * @function toJSON
                 * @memberof weir.bundle.v1.Mode
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                Mode.prototype.toJSON = function() {
                    return Mode.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for Mode
                 * @function getTypeUrl
                 * @memberof weir.bundle.v1.Mode
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                Mode.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/weir.bundle.v1.Mode";
                };

                return Mode;
            })();

            v1.Table = (function() {

                /**
                 * Properties of a Table.
                 * @typedef {Object} weir.bundle.v1.Table.$Properties
                 * @property {Uint8Array|null} [key] Table key
                 * @property {weir.bundle.v1.Direction|null} [direction] Table direction
                 * @property {Array.<weir.bundle.v1.Entry.$Properties>|null} [entries] Table entries
                 * @property {number|null} [defaultOutcome] Table defaultOutcome
                 * @property {Array.<weir.bundle.v1.Outcome.$Properties>|null} [outcomes] Table outcomes
                 * @property {Array.<Uint8Array>|null} [selectors] Table selectors
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Table.
                 * @memberof weir.bundle.v1
                 * @interface ITable
                 * @augments weir.bundle.v1.Table.$Properties
                 * @deprecated Use weir.bundle.v1.Table.$Properties instead.
                 */

                /**
                 * Shape of a Table.
                 * @typedef {weir.bundle.v1.Table.$Properties} weir.bundle.v1.Table.$Shape
                 */

                /**
                 * Constructs a new Table.
                 * @memberof weir.bundle.v1
                 * @classdesc Represents a Table.
                 * @constructor
                 * @param {weir.bundle.v1.Table.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Table = function (properties) {
                    this.entries = [];
                    this.outcomes = [];
                    this.selectors = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Table key.
                 * @member {Uint8Array} key
                 * @memberof weir.bundle.v1.Table
                 * @instance
                 */
                Table.prototype.key = $util.newBuffer([]);

                /**
                 * Table direction.
                 * @member {weir.bundle.v1.Direction} direction
                 * @memberof weir.bundle.v1.Table
                 * @instance
                 */
                Table.prototype.direction = 0;

                /**
                 * Table entries.
                 * @member {Array.<weir.bundle.v1.Entry.$Properties>} entries
                 * @memberof weir.bundle.v1.Table
                 * @instance
                 */
                Table.prototype.entries = $util.emptyArray;

                /**
                 * Table defaultOutcome.
                 * @member {number} defaultOutcome
                 * @memberof weir.bundle.v1.Table
                 * @instance
                 */
                Table.prototype.defaultOutcome = 0;

                /**
                 * Table outcomes.
                 * @member {Array.<weir.bundle.v1.Outcome.$Properties>} outcomes
                 * @memberof weir.bundle.v1.Table
                 * @instance
                 */
                Table.prototype.outcomes = $util.emptyArray;

                /**
                 * Table selectors.
                 * @member {Array.<Uint8Array>} selectors
                 * @memberof weir.bundle.v1.Table
                 * @instance
                 */
                Table.prototype.selectors = $util.emptyArray;

                /**
                 * Creates a new Table instance using the specified properties.
                 * @function create
                 * @memberof weir.bundle.v1.Table
                 * @static
                 * @param {weir.bundle.v1.Table.$Properties=} [properties] Properties to set
                 * @returns {weir.bundle.v1.Table} Table instance
                 * @type {{
                 *   (properties: weir.bundle.v1.Table.$Shape): weir.bundle.v1.Table & weir.bundle.v1.Table.$Shape;
                 *   (properties?: weir.bundle.v1.Table.$Properties): weir.bundle.v1.Table;
                 * }}
                 */
                Table.create = function(properties) {
                    return new Table(properties);
                };

                /**
                 * Encodes the specified Table message. Does not implicitly {@link weir.bundle.v1.Table.verify|verify} messages.
                 * @function encode
                 * @memberof weir.bundle.v1.Table
                 * @static
                 * @param {weir.bundle.v1.Table.$Properties} message Table message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Table.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key.length)
                        writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.key);
                    if (message.direction != null && $Object.hasOwnProperty.call(message, "direction") && message.direction !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).int32(message.direction);
                    if (message.entries != null && message.entries.length)
                        for (let i = 0; i < message.entries.length; ++i)
                            $root.weir.bundle.v1.Entry.encode(message.entries[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                    if (message.defaultOutcome != null && $Object.hasOwnProperty.call(message, "defaultOutcome") && message.defaultOutcome !== 0)
                        writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.defaultOutcome);
                    if (message.outcomes != null && message.outcomes.length)
                        for (let i = 0; i < message.outcomes.length; ++i)
                            $root.weir.bundle.v1.Outcome.encode(message.outcomes[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                    if (message.selectors != null && message.selectors.length)
                        for (let i = 0; i < message.selectors.length; ++i)
                            writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.selectors[i]);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Table message from the specified reader or buffer.
                 * @function decode
                 * @memberof weir.bundle.v1.Table
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Table & weir.bundle.v1.Table.$Shape} Table
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Table.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weir.bundle.v1.Table();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.key = value;
                                else
                                    delete message.key;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.direction = value;
                                else
                                    delete message.direction;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.entries && message.entries.length))
                                    message.entries = [];
                                message.entries.push($root.weir.bundle.v1.Entry.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.defaultOutcome = value;
                                else
                                    delete message.defaultOutcome;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.outcomes && message.outcomes.length))
                                    message.outcomes = [];
                                message.outcomes.push($root.weir.bundle.v1.Outcome.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.selectors && message.selectors.length))
                                    message.selectors = [];
                                message.selectors.push(reader.bytes());
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a Table message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof weir.bundle.v1.Table
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {weir.bundle.v1.Table} Table
                 */
                Table.fromObject = function (object, _depth) {
                    if (object instanceof $root.weir.bundle.v1.Table)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".weir.bundle.v1.Table: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.weir.bundle.v1.Table();
                    if (object.key != null)
                        if (object.key.length)
                            if (typeof object.key === "string")
                                $util.base64.decode(object.key, message.key = $util.newBuffer($util.base64.length(object.key)), 0);
                            else if (object.key.length >= 0)
                                message.key = object.key;
                    if (object.direction !== 0 && (typeof object.direction !== "string" || $root.weir.bundle.v1.Direction[object.direction] !== 0))
                        switch (object.direction) {
                        case "DIRECTION_UNSPECIFIED":
                        case 0:
                            message.direction = 0;
                            break;
                        case "DIRECTION_INGRESS":
                        case 1:
                            message.direction = 1;
                            break;
                        case "DIRECTION_EGRESS":
                        case 2:
                            message.direction = 2;
                            break;
                        default:
                            if (typeof object.direction === "number" && (object.direction | 0) === object.direction)
                                message.direction = object.direction;
                        }
                    if (object.entries) {
                        if (!$Array.isArray(object.entries))
                            throw $TypeError(".weir.bundle.v1.Table.entries: array expected");
                        message.entries = $Array(object.entries.length);
                        for (let i = 0; i < object.entries.length; ++i) {
                            if (!$util.isObject(object.entries[i]))
                                throw $TypeError(".weir.bundle.v1.Table.entries: object expected");
                            message.entries[i] = $root.weir.bundle.v1.Entry.fromObject(object.entries[i], _depth + 1);
                        }
                    }
                    if (object.defaultOutcome != null)
                        if ($Number(object.defaultOutcome) !== 0)
                            message.defaultOutcome = object.defaultOutcome >>> 0;
                    if (object.outcomes) {
                        if (!$Array.isArray(object.outcomes))
                            throw $TypeError(".weir.bundle.v1.Table.outcomes: array expected");
                        message.outcomes = $Array(object.outcomes.length);
                        for (let i = 0; i < object.outcomes.length; ++i) {
                            if (!$util.isObject(object.outcomes[i]))
                                throw $TypeError(".weir.bundle.v1.Table.outcomes: object expected");
                            message.outcomes[i] = $root.weir.bundle.v1.Outcome.fromObject(object.outcomes[i], _depth + 1);
                        }
                    }
                    if (object.selectors) {
                        if (!$Array.isArray(object.selectors))
                            throw $TypeError(".weir.bundle.v1.Table.selectors: array expected");
                        message.selectors = $Array(object.selectors.length);
                        for (let i = 0; i < object.selectors.length; ++i)
                            if (typeof object.selectors[i] === "string")
                                $util.base64.decode(object.selectors[i], message.selectors[i] = $util.newBuffer($util.base64.length(object.selectors[i])), 0);
                            else if (object.selectors[i].length >= 0)
                                message.selectors[i] = object.selectors[i];
                    }
                    return message;
                };

                /**
                 * Creates a plain object from a Table message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof weir.bundle.v1.Table
                 * @static
                 * @param {weir.bundle.v1.Table} message Table
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                Table.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults) {
                        object.entries = [];
                        object.outcomes = [];
                        object.selectors = [];
                    }
                    if (options.defaults) {
                        if (options.bytes === $String)
                            object.key = "";
                        else {
                            object.key = [];
                            if (options.bytes !== $Array)
                                object.key = $util.newBuffer(object.key);
                        }
                        object.direction = options.enums === $String ? "DIRECTION_UNSPECIFIED" : 0;
                        object.defaultOutcome = 0;
                    }
                    if (message.key != null && $Object.hasOwnProperty.call(message, "key"))
                        object.key = options.bytes === $String ? $util.base64.encode(message.key, 0, message.key.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.key) : message.key;
                    if (message.direction != null && $Object.hasOwnProperty.call(message, "direction"))
                        object.direction = options.enums === $String ? $root.weir.bundle.v1.Direction[message.direction] === $undefined ? message.direction : $root.weir.bundle.v1.Direction[message.direction] : message.direction;
                    if (message.entries && message.entries.length) {
                        object.entries = $Array(message.entries.length);
                        for (let j = 0; j < message.entries.length; ++j)
                            object.entries[j] = $root.weir.bundle.v1.Entry.toObject(message.entries[j], options, _depth + 1);
                    }
                    if (message.defaultOutcome != null && $Object.hasOwnProperty.call(message, "defaultOutcome"))
                        object.defaultOutcome = message.defaultOutcome;
                    if (message.outcomes && message.outcomes.length) {
                        object.outcomes = $Array(message.outcomes.length);
                        for (let j = 0; j < message.outcomes.length; ++j)
                            object.outcomes[j] = $root.weir.bundle.v1.Outcome.toObject(message.outcomes[j], options, _depth + 1);
                    }
                    if (message.selectors && message.selectors.length) {
                        object.selectors = $Array(message.selectors.length);
                        for (let j = 0; j < message.selectors.length; ++j)
                            object.selectors[j] = options.bytes === $String ? $util.base64.encode(message.selectors[j], 0, message.selectors[j].length) : options.bytes === $Array ? $Array.prototype.slice.call(message.selectors[j]) : message.selectors[j];
                    }
                    return object;
                };

                /**
                 * Converts this Table to JSON.
                 * @function toJSON
                 * @memberof weir.bundle.v1.Table
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                Table.prototype.toJSON = function() {
                    return Table.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for Table
                 * @function getTypeUrl
                 * @memberof weir.bundle.v1.Table
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                Table.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/weir.bundle.v1.Table";
                };

                return Table;
            })();

            /**
             * Direction enum.
             * @name weir.bundle.v1.Direction
             * @enum {number}
             * @property {number} DIRECTION_UNSPECIFIED=0 DIRECTION_UNSPECIFIED value
             * @property {number} DIRECTION_INGRESS=1 DIRECTION_INGRESS value
             * @property {number} DIRECTION_EGRESS=2 DIRECTION_EGRESS value
             */
            v1.Direction = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "DIRECTION_UNSPECIFIED"] = 0;
                values[valuesById[1] = "DIRECTION_INGRESS"] = 1;
                values[valuesById[2] = "DIRECTION_EGRESS"] = 2;
                return values;
            })();

            v1.Entry = (function() {

                /**
                 * Properties of an Entry.
                 * @typedef {Object} weir.bundle.v1.Entry.$Properties
                 * @property {number|null} [selector] Entry selector
                 * @property {number|null} [protocol] Entry protocol
                 * @property {number|null} [firstPort] Entry firstPort
                 * @property {number|null} [lastPort] Entry lastPort
                 * @property {number|null} [outcome] Entry outcome
                 * @property {number|null} [tier] Entry tier
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an Entry.
                 * @memberof weir.bundle.v1
                 * @interface IEntry
                 * @augments weir.bundle.v1.Entry.$Properties
                 * @deprecated Use weir.bundle.v1.Entry.$Properties instead.
                 */

                /**
                 * Shape of an Entry.
                 * @typedef {weir.bundle.v1.Entry.$Properties} weir.bundle.v1.Entry.$Shape
                 */

                /**
                 * Constructs a new Entry.
                 * @memberof weir.bundle.v1
                 * @classdesc Represents an Entry.
                 * @constructor
                 * @param {weir.bundle.v1.Entry.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Entry = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Entry selector.
                 * @member {number} selector
                 * @memberof weir.bundle.v1.Entry
                 * @instance
                 */
                Entry.prototype.selector = 0;

                /**
                 * Entry protocol.
                 * @member {number} protocol
                 * @memberof weir.bundle.v1.Entry
                 * @instance
                 */
                Entry.prototype.protocol = 0;

                /**
                 * Entry firstPort.
                 * @member {number} firstPort
                 * @memberof weir.bundle.v1.Entry
                 * @instance
                 */
                Entry.prototype.firstPort = 0;

                /**
                 * Entry lastPort.
                 * @member {number} lastPort
                 * @memberof weir.bundle.v1.Entry
                 * @instance
                 */
                Entry.prototype.lastPort = 0;

                /**
                 * Entry outcome.
                 * @member {number} outcome
                 * @memberof weir.bundle.v1.Entry
                 * @instance
                 */
                Entry.prototype.outcome = 0;

                /**
                 * Entry tier.
                 * @member {number} tier
                 * @memberof weir.bundle.v1.Entry
                 * @instance
                 */
                Entry.prototype.tier = 0;

                /**
                 * Creates a new Entry instance using the specified properties.
                 * @function create
                 * @memberof weir.bundle.v1.Entry
                 * @static
                 * @param {weir.bundle.v1.Entry.$Properties=} [properties] Properties to set
                 * @returns {weir.bundle.v1.Entry} Entry instance
                 * @type {{
                 *   (properties: weir.bundle.v1.Entry.$Shape): weir.bundle.v1.Entry & weir.bundle.v1.Entry.$Shape;
                 *   (properties?: weir.bundle.v1.Entry.$Properties): weir.bundle.v1.Entry;
                 * }}
                 */
                Entry.create = function(properties) {
                    return new Entry(properties);
                };

                /**
                 * Encodes the specified Entry message. Does not implicitly {@link weir.bundle.v1.Entry.verify|verify} messages.
                 * @function encode
                 * @memberof weir.bundle.v1.Entry
                 * @static
                 * @param {weir.bundle.v1.Entry.$Properties} message Entry message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Entry.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.selector != null && $Object.hasOwnProperty.call(message, "selector") && message.selector !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.selector);
                    if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol") && message.protocol !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.protocol);
                    if (message.firstPort != null && $Object.hasOwnProperty.call(message, "firstPort") && message.firstPort !== 0)
                        writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.firstPort);
                    if (message.lastPort != null && $Object.hasOwnProperty.call(message, "lastPort") && message.lastPort !== 0)
                        writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.lastPort);
                    if (message.outcome != null && $Object.hasOwnProperty.call(message, "outcome") && message.outcome !== 0)
                        writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.outcome);
                    if (message.tier != null && $Object.hasOwnProperty.call(message, "tier") && message.tier !== 0)
                        writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.tier);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an Entry message from the specified reader or buffer.
                 * @function decode
                 * @memberof weir.bundle.v1.Entry
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Entry & weir.bundle.v1.Entry.$Shape} Entry
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Entry.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weir.bundle.v1.Entry();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.selector = value;
                                else
                                    delete message.selector;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.protocol = value;
                                else
                                    delete message.protocol;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.firstPort = value;
                                else
                                    delete message.firstPort;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.lastPort = value;
                                else
                                    delete message.lastPort;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.outcome = value;
                                else
                                    delete message.outcome;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.tier = value;
                                else
                                    delete message.tier;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates an Entry message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof weir.bundle.v1.Entry
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {weir.bundle.v1.Entry} Entry
                 */
                Entry.fromObject = function (object, _depth) {
                    if (object instanceof $root.weir.bundle.v1.Entry)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".weir.bundle.v1.Entry: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.weir.bundle.v1.Entry();
                    if (object.selector != null)
                        if ($Number(object.selector) !== 0)
                            message.selector = object.selector >>> 0;
                    if (object.protocol != null)
                        if ($Number(object.protocol) !== 0)
                            message.protocol = object.protocol >>> 0;
                    if (object.firstPort != null)
                        if ($Number(object.firstPort) !== 0)
                            message.firstPort = object.firstPort >>> 0;
                    if (object.lastPort != null)
                        if ($Number(object.lastPort) !== 0)
                            message.lastPort = object.lastPort >>> 0;
                    if (object.outcome != null)
                        if ($Number(object.outcome) !== 0)
                            message.outcome = object.outcome >>> 0;
                    if (object.tier != null)
                        if ($Number(object.tier) !== 0)
                            message.tier = object.tier >>> 0;
                    return message;
                };

                /**
                 * Creates a plain object from an Entry message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof weir.bundle.v1.Entry
                 * @static
                 * @param {weir.bundle.v1.Entry} message Entry
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                Entry.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.selector = 0;
                        object.protocol = 0;
                        object.firstPort = 0;
                        object.lastPort = 0;
                        object.outcome = 0;
                        object.tier = 0;
                    }
                    if (message.selector != null && $Object.hasOwnProperty.call(message, "selector"))
                        object.selector = message.selector;
                    if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol"))
                        object.protocol = message.protocol;
                    if (message.firstPort != null && $Object.hasOwnProperty.call(message, "firstPort"))
                        object.firstPort = message.firstPort;
                    if (message.lastPort != null && $Object.hasOwnProperty.call(message, "lastPort"))
                        object.lastPort = message.lastPort;
                    if (message.outcome != null && $Object.hasOwnProperty.call(message, "outcome"))
                        object.outcome = message.outcome;
                    if (message.tier != null && $Object.hasOwnProperty.call(message, "tier"))
                        object.tier = message.tier;
                    return object;
                };

                /**
                 * Converts this Entry to JSON.
                 * @function toJSON
                 * @memberof weir.bundle.v1.Entry
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                Entry.prototype.toJSON = function() {
                    return Entry.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for Entry
                 * @function getTypeUrl
                 * @memberof weir.bundle.v1.Entry
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                Entry.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/weir.bundle.v1.Entry";
                };

                return Entry;
            })();

            v1.Outcome = (function() {

                /**
                 * Properties of an Outcome.
                 * @typedef {Object} weir.bundle.v1.Outcome.$Properties
                 * @property {number|null} [cookie] Outcome cookie
                 * @property {weir.bundle.v1.Verdict|null} [verdict] Outcome verdict
                 * @property {Array.<weir.bundle.v1.Origin.$Properties>|null} [origins] Outcome origins
                 * @property {string|null} [log] Outcome log
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an Outcome.
                 * @memberof weir.bundle.v1
                 * @interface IOutcome
                 * @augments weir.bundle.v1.Outcome.$Properties
                 * @deprecated Use weir.bundle.v1.Outcome.$Properties instead.
                 */

                /**
                 * Shape of an Outcome.
                 * @typedef {weir.bundle.v1.Outcome.$Properties} weir.bundle.v1.Outcome.$Shape
                 */

                /**
                 * Constructs a new Outcome.
                 * @memberof weir.bundle.v1
                 * @classdesc Represents an Outcome.
                 * @constructor
                 * @param {weir.bundle.v1.Outcome.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Outcome = function (properties) {
                    this.origins = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Outcome cookie.
                 * @member {number} cookie
                 * @memberof weir.bundle.v1.Outcome
                 * @instance
                 */
                Outcome.prototype.cookie = 0;

                /**
                 * Outcome verdict.
                 * @member {weir.bundle.v1.Verdict} verdict
                 * @memberof weir.bundle.v1.Outcome
                 * @instance
                 */
                Outcome.prototype.verdict = 0;

                /**
                 * Outcome origins.
                 * @member {Array.<weir.bundle.v1.Origin.$Properties>} origins
                 * @memberof weir.bundle.v1.Outcome
                 * @instance
                 */
                Outcome.prototype.origins = $util.emptyArray;

                /**
                 * Outcome log.
                 * @member {string} log
                 * @memberof weir.bundle.v1.Outcome
                 * @instance
                 */
                Outcome.prototype.log = "";

                /**
                 * Creates a new Outcome instance using the specified properties.
                 * @function create
                 * @memberof weir.bundle.v1.Outcome
                 * @static
                 * @param {weir.bundle.v1.Outcome.$Properties=} [properties] Properties to set
                 * @returns {weir.bundle.v1.Outcome} Outcome instance
                 * @type {{
                 *   (properties: weir.bundle.v1.Outcome.$Shape): weir.bundle.v1.Outcome & weir.bundle.v1.Outcome.$Shape;
                 *   (properties?: weir.bundle.v1.Outcome.$Properties): weir.bundle.v1.Outcome;
                 * }}
                 */
                Outcome.create = function(properties) {
                    return new Outcome(properties);
                };

                /**
                 * Encodes the specified Outcome message. Does not implicitly {@link weir.bundle.v1.Outcome.verify|verify} messages.
                 * @function encode
                 * @memberof weir.bundle.v1.Outcome
                 * @static
                 * @param {weir.bundle.v1.Outcome.$Properties} message Outcome message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Outcome.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.cookie != null && $Object.hasOwnProperty.call(message, "cookie") && message.cookie !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.cookie);
                    if (message.verdict != null && $Object.hasOwnProperty.call(message, "verdict") && message.verdict !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).int32(message.verdict);
                    if (message.origins != null && message.origins.length)
                        for (let i = 0; i < message.origins.length; ++i)
                            $root.weir.bundle.v1.Origin.encode(message.origins[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                    if (message.log != null && $Object.hasOwnProperty.call(message, "log") && message.log !== "")
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.log);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an Outcome message from the specified reader or buffer.
                 * @function decode
                 * @memberof weir.bundle.v1.Outcome
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Outcome & weir.bundle.v1.Outcome.$Shape} Outcome
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Outcome.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weir.bundle.v1.Outcome();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.cookie = value;
                                else
                                    delete message.cookie;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.verdict = value;
                                else
                                    delete message.verdict;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.origins && message.origins.length))
                                    message.origins = [];
                                message.origins.push($root.weir.bundle.v1.Origin.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.log = value;
                                else
                                    delete message.log;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates an Outcome message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof weir.bundle.v1.Outcome
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {weir.bundle.v1.Outcome} Outcome
                 */
                Outcome.fromObject = function (object, _depth) {
                    if (object instanceof $root.weir.bundle.v1.Outcome)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".weir.bundle.v1.Outcome: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.weir.bundle.v1.Outcome();
                    if (object.cookie != null)
                        if ($Number(object.cookie) !== 0)
                            message.cookie = object.cookie >>> 0;
                    if (object.verdict !== 0 && (typeof object.verdict !== "string" || $root.weir.bundle.v1.Verdict[object.verdict] !== 0))
                        switch (object.verdict) {
                        case "VERDICT_UNSPECIFIED":
                        case 0:
                            message.verdict = 0;
                            break;
                        case "VERDICT_ALLOW":
                        case 1:
                            message.verdict = 1;
                            break;
                        case "VERDICT_DENY":
                        case 2:
                            message.verdict = 2;
                            break;
                        case "VERDICT_DEFAULT_DENY":
                        case 3:
                            message.verdict = 3;
                            break;
                        case "VERDICT_PASS":
                        case 4:
                            message.verdict = 4;
                            break;
                        default:
                            if (typeof object.verdict === "number" && (object.verdict | 0) === object.verdict)
                                message.verdict = object.verdict;
                        }
                    if (object.origins) {
                        if (!$Array.isArray(object.origins))
                            throw $TypeError(".weir.bundle.v1.Outcome.origins: array expected");
                        message.origins = $Array(object.origins.length);
                        for (let i = 0; i < object.origins.length; ++i) {
                            if (!$util.isObject(object.origins[i]))
                                throw $TypeError(".weir.bundle.v1.Outcome.origins: object expected");
                            message.origins[i] = $root.weir.bundle.v1.Origin.fromObject(object.origins[i], _depth + 1);
                        }
                    }
                    if (object.log != null)
                        if (typeof object.log !== "string" || object.log.length)
                            message.log = $String(object.log);
                    return message;
                };

                /**
                 * Creates a plain object from an Outcome message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof weir.bundle.v1.Outcome
                 * @static
                 * @param {weir.bundle.v1.Outcome} message Outcome
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                Outcome.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults)
                        object.origins = [];
                    if (options.defaults) {
                        object.cookie = 0;
                        object.verdict = options.enums === $String ? "VERDICT_UNSPECIFIED" : 0;
                        object.log = "";
                    }
                    if (message.cookie != null && $Object.hasOwnProperty.call(message, "cookie"))
                        object.cookie = message.cookie;
                    if (message.verdict != null && $Object.hasOwnProperty.call(message, "verdict"))
                        object.verdict = options.enums === $String ? $root.weir.bundle.v1.Verdict[message.verdict] === $undefined ? message.verdict : $root.weir.bundle.v1.Verdict[message.verdict] : message.verdict;
                    if (message.origins && message.origins.length) {
                        object.origins = $Array(message.origins.length);
                        for (let j = 0; j < message.origins.length; ++j)
                            object.origins[j] = $root.weir.bundle.v1.Origin.toObject(message.origins[j], options, _depth + 1);
                    }
                    if (message.log != null && $Object.hasOwnProperty.call(message, "log"))
                        object.log = message.log;
                    return object;
                };

                /**
                 * Converts this Outcome to JSON.
                 * @function toJSON
                 * @memberof weir.bundle.v1.Outcome
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                Outcome.prototype.toJSON = function() {
                    return Outcome.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for Outcome
                 * @function getTypeUrl
                 * @memberof weir.bundle.v1.Outcome
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                Outcome.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/weir.bundle.v1.Outcome";
                };

                return Outcome;
            })();

            /**
             * Verdict enum.
             * @name weir.bundle.v1.Verdict
             * @enum {number}
             * @property {number} VERDICT_UNSPECIFIED=0 VERDICT_UNSPECIFIED value
             * @property {number} VERDICT_ALLOW=1 VERDICT_ALLOW value
             * @property {number} VERDICT_DENY=2 VERDICT_DENY value
             * @property {number} VERDICT_DEFAULT_DENY=3 VERDICT_DEFAULT_DENY value
             * @property {number} VERDICT_PASS=4 VERDICT_PASS value
             */
            v1.Verdict = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "VERDICT_UNSPECIFIED"] = 0;
                values[valuesById[1] = "VERDICT_ALLOW"] = 1;
                values[valuesById[2] = "VERDICT_DENY"] = 2;
                values[valuesById[3] = "VERDICT_DEFAULT_DENY"] = 3;
                values[valuesById[4] = "VERDICT_PASS"] = 4;
                return values;
            })();

            v1.Origin = (function() {

                /**
                 * Properties of an Origin.
                 * @typedef {Object} weir.bundle.v1.Origin.$Properties
                 * @property {string|null} [kind] Origin kind
                 * @property {string|null} [namespace] Origin namespace
                 * @property {string|null} [name] Origin name
                 * @property {string|null} [rule] Origin rule
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an Origin.
                 * @memberof weir.bundle.v1
                 * @interface IOrigin
                 * @augments weir.bundle.v1.Origin.$Properties
                 * @deprecated Use weir.bundle.v1.Origin.$Properties instead.
                 */

                /**
                 * Shape of an Origin.
                 * @typedef {weir.bundle.v1.Origin.$Properties} weir.bundle.v1.Origin.$Shape
                 */

                /**
                 * Constructs a new Origin.
                 * @memberof weir.bundle.v1
                 * @classdesc Represents an Origin.
                 * @constructor
                 * @param {weir.bundle.v1.Origin.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Origin = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Origin kind.
                 * @member {string} kind
                 * @memberof weir.bundle.v1.Origin
                 * @instance
                 */
                Origin.prototype.kind = "";

                /**
                 * Origin namespace.
                 * @member {string} namespace
                 * @memberof weir.bundle.v1.Origin
                 * @instance
                 */
                Origin.prototype.namespace = "";

                /**
                 * Origin name.
                 * @member {string} name
                 * @memberof weir.bundle.v1.Origin
                 * @instance
                 */
                Origin.prototype.name = "";

                /**
                 * Origin rule.
                 * @member {string} rule
                 * @memberof weir.bundle.v1.Origin
                 * @instance
                 */
                Origin.prototype.rule = "";

                /**
                 * Creates a new Origin instance using the specified properties.
                 * @function create
                 * @memberof weir.bundle.v1.Origin
                 * @static
                 * @param {weir.bundle.v1.Origin.$Properties=} [properties] Properties to set
                 * @returns {weir.bundle.v1.Origin} Origin instance
                 * @type {{
                 *   (properties: weir.bundle.v1.Origin.$Shape): weir.bundle.v1.Origin & weir.bundle.v1.Origin.$Shape;
                 *   (properties?: weir.bundle.v1.Origin.$Properties): weir.bundle.v1.Origin;
                 * }}
                 */
                Origin.create = function(properties) {
                    return new Origin(properties);
                };

                /**
                 * Encodes the specified Origin message. Does not implicitly {@link weir.bundle.v1.Origin.verify|verify} messages.
                 * @function encode
                 * @memberof weir.bundle.v1.Origin
                 * @static
                 * @param {weir.bundle.v1.Origin.$Properties} message Origin message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Origin.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.kind);
                    if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.namespace);
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.name);
                    if (message.rule != null && $Object.hasOwnProperty.call(message, "rule") && message.rule !== "")
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.rule);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an Origin message from the specified reader or buffer.
                 * @function decode
                 * @memberof weir.bundle.v1.Origin
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {weir.bundle.v1.Origin & weir.bundle.v1.Origin.$Shape} Origin
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Origin.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.weir.bundle.v1.Origin();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.kind = value;
                                else
                                    delete message.kind;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.namespace = value;
                                else
                                    delete message.namespace;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.rule = value;
                                else
                                    delete message.rule;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates an Origin message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof weir.bundle.v1.Origin
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {weir.bundle.v1.Origin} Origin
                 */
                Origin.fromObject = function (object, _depth) {
                    if (object instanceof $root.weir.bundle.v1.Origin)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".weir.bundle.v1.Origin: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.weir.bundle.v1.Origin();
                    if (object.kind != null)
                        if (typeof object.kind !== "string" || object.kind.length)
                            message.kind = $String(object.kind);
                    if (object.namespace != null)
                        if (typeof object.namespace !== "string" || object.namespace.length)
                            message.namespace = $String(object.namespace);
                    if (object.name != null)
                        if (typeof object.name !== "string" || object.name.length)
                            message.name = $String(object.name);
                    if (object.rule != null)
                        if (typeof object.rule !== "string" || object.rule.length)
                            message.rule = $String(object.rule);
                    return message;
                };

                /**
                 * Creates a plain object from an Origin message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof weir.bundle.v1.Origin
                 * @static
                 * @param {weir.bundle.v1.Origin} message Origin
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                Origin.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.kind = "";
                        object.namespace = "";
                        object.name = "";
                        object.rule = "";
                    }
                    if (message.kind != null && $Object.hasOwnProperty.call(message, "kind"))
                        object.kind = message.kind;
                    if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace"))
                        object.namespace = message.namespace;
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                        object.name = message.name;
                    if (message.rule != null && $Object.hasOwnProperty.call(message, "rule"))
                        object.rule = message.rule;
                    return object;
                };

                /**
                 * Converts this Origin to JSON.
                 * @function toJSON
                 * @memberof weir.bundle.v1.Origin
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                Origin.prototype.toJSON = function() {
                    return Origin.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for Origin
                 * @function getTypeUrl
                 * @memberof weir.bundle.v1.Origin
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                Origin.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/weir.bundle.v1.Origin";
                };

                return Origin;
            })();

            return v1;
        })();

        return bundle;
    })();

    return weir;
})();

export {
  $root as default
};
