import type { BoxBuffer, FlameWindow } from './layout';
import type { Painter } from './painter';
import type { Rgb } from './palette';

/** One instance is a box; the corners come from gl_VertexID, so the four words of `BoxBuffer` are all that is uploaded. */
const vertexShader = `#version 300 es
layout(location = 0) in vec3 box;
layout(location = 1) in vec4 colour;
uniform vec2 size;
uniform float boxHeight;
out vec4 fill;
void main() {
  float x = (gl_VertexID & 1) == 0 ? box.x : box.y;
  float y = box.z + ((gl_VertexID & 2) == 0 ? 0.0 : boxHeight);
  gl_Position = vec4(x / size.x * 2.0 - 1.0, 1.0 - y / size.y * 2.0, 0.0, 1.0);
  fill = colour;
}`;

const fragmentShader = `#version 300 es
precision mediump float;
in vec4 fill;
out vec4 pixel;
void main() { pixel = fill; }`;

const bytesPerBox = 16;

/** All boxes in one instanced draw call. */
export class WebglPainter implements Painter {
  readonly kind = 'webgl';
  readonly maxPx: number;
  private readonly sizeAt: WebGLUniformLocation | null;
  private readonly heightAt: WebGLUniformLocation | null;
  private capacity = 0;

  /** Null when the canvas has no WebGL2, none that a graphics card draws, or its shaders do not build. */
  static on(canvas: HTMLCanvasElement): WebglPainter | null {
    const gl = canvas.getContext('webgl2', {
      alpha: false,
      antialias: false,
      depth: false,
      stencil: false,
      failIfMajorPerformanceCaveat: true,
    });
    if (!gl) return null;
    if (isComputed(gl)) {
      gl.getExtension('WEBGL_lose_context')?.loseContext();
      return null;
    }
    const program = build(gl);
    return program ? new WebglPainter(canvas, gl, program) : null;
  }

  private constructor(
    readonly canvas: HTMLCanvasElement,
    private readonly gl: WebGL2RenderingContext,
    program: WebGLProgram,
  ) {
    const limits: Int32Array = gl.getParameter(gl.MAX_VIEWPORT_DIMS);
    this.maxPx = Math.min(limits[0] ?? 4096, limits[1] ?? 4096, gl.getParameter(gl.MAX_RENDERBUFFER_SIZE));
    this.sizeAt = gl.getUniformLocation(program, 'size');
    this.heightAt = gl.getUniformLocation(program, 'boxHeight');
    gl.useProgram(program);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 3, gl.FLOAT, false, bytesPerBox, 0);
    gl.vertexAttribDivisor(0, 1);
    gl.enableVertexAttribArray(1);
    gl.vertexAttribPointer(1, 4, gl.UNSIGNED_BYTE, true, bytesPerBox, 12);
    gl.vertexAttribDivisor(1, 1);
  }

  resize(widthPx: number, heightPx: number): void {
    this.canvas.width = widthPx;
    this.canvas.height = heightPx;
    this.gl.viewport(0, 0, widthPx, heightPx);
    this.gl.uniform2f(this.sizeAt, widthPx, heightPx);
  }

  paint(boxes: BoxBuffer, { rowPx, gapPx }: FlameWindow, [red, green, blue]: Rgb): void {
    const { gl } = this;
    gl.clearColor(red / 255, green / 255, blue / 255, 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
    if (boxes.length === 0) return;
    if (this.capacity < boxes.length) {
      this.capacity = boxes.rows.length;
      gl.bufferData(gl.ARRAY_BUFFER, this.capacity * bytesPerBox, gl.DYNAMIC_DRAW);
    }
    gl.bufferSubData(gl.ARRAY_BUFFER, 0, boxes.floats, 0, boxes.length * 4);
    gl.uniform1f(this.heightAt, rowPx - gapPx);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, boxes.length);
  }

  dispose(): void {
    this.gl.getExtension('WEBGL_lose_context')?.loseContext();
  }
}

/** The processor computes it: Chromium has no caveat about that when it was started without a graphics card. */
function isComputed(gl: WebGL2RenderingContext): boolean {
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(renderer);
}

function build(gl: WebGL2RenderingContext): WebGLProgram | null {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertexShader],
    [gl.FRAGMENT_SHADER, fragmentShader],
  ] as const) {
    const shader = gl.createShader(type);
    if (!shader) return null;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return gl.getProgramParameter(program, gl.LINK_STATUS) ? program : null;
}
