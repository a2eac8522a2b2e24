// camera.js - one telephone filmed: a frame whenever something is to be seen, the frames made into a GIF by ffmpeg
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const LETTERS_A_FRAME = 9;
const TYPING_MS = 120;
const TOUCH_MS = 450;
const COLOURS = 128;

export class Camera {
  constructor(page, telephone) {
    this.page = page;
    this.telephone = telephone;
    this.frames = [];
    this.folder = mkdtempSync(path.join(os.tmpdir(), 'camera-'));
  }

  // What is on the telephone now stays in view so long.
  async holds(ms) {
    const file = path.join(this.folder, `${String(this.frames.length).padStart(3, '0')}.png`);
    await this.telephone.node.screenshot({ path: file, animations: 'disabled' });
    this.frames.push({ file, ms });
  }

  // Waits for these words at the chat's end, then holds them.
  async sees(words, ms = 1800) {
    await this.telephone.sees(words);
    await this.holds(ms);
  }

  // The newest message is a picture, and it is there as a whole.
  async pictureComes(ms) {
    const picture = this.telephone.chat.getByRole('article').last().locator('img').last();
    await picture.waitFor();
    await picture.evaluate((img) => img.decode());
    await this.telephone.node.locator('.toast').waitFor({ state: 'detached' }); // it lies over the picture
    await this.holds(ms);
  }

  // A finger on the newest button with this label, then the press.
  async presses(label) {
    const button = this.telephone.button(label);
    await button.scrollIntoViewIfNeeded();
    await button.evaluate((node) => {
      const box = node.getBoundingClientRect();
      const finger = document.createElement('div');
      finger.id = 'finger';
      finger.style.cssText = `position:fixed;z-index:99;width:34px;height:34px;border-radius:50%;background:#2b7fd955;border:2px solid #2b7fd9;left:${box.x + box.width / 2 - 17}px;top:${box.y + box.height / 2 - 17}px`;
      document.body.append(finger);
    });
    await this.holds(TOUCH_MS);
    await this.page.evaluate(() => document.getElementById('finger').remove());
    await button.click();
  }

  async writes(text) {
    for (let end = LETTERS_A_FRAME; end < text.length; end += LETTERS_A_FRAME) {
      await this.telephone.end.getByRole('textbox').fill(text.slice(0, end));
      await this.holds(TYPING_MS);
    }
    await this.telephone.writes(text);
  }

  seconds() {
    return this.frames.reduce((sum, frame) => sum + frame.ms, 0) / 1000;
  }

  develop(gif) {
    const list = path.join(this.folder, 'frames.txt');
    const shown = [...this.frames, { file: this.frames.at(-1).file, ms: 0 }]; // ffmpeg forgets how long the last one lasts
    writeFileSync(list, shown.map(({ file, ms }) => `file '${file}'\nduration ${ms / 1000}\n`).join(''));
    const palette = `split[a][b];[a]palettegen=max_colors=${COLOURS}[p];[b][p]paletteuse=dither=none:diff_mode=rectangle`;
    execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'concat', '-safe', '0', '-i', list, '-filter_complex', palette, '-fps_mode', 'vfr', gif]);
    rmSync(this.folder, { recursive: true });
  }
}
